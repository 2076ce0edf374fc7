import { roleAssumers } from './aws/assume-role.ts';
import type { Requests } from './aws/requests.ts';
import type { Interrupt } from './interrupt.ts';
import { askForCode } from './mfa-code.ts';
import type { EndingLine } from './session-renewal.ts';
import type { Simulator } from './simulator/handler.ts';
import { sceneAccount as account } from './simulator/scenes/stage.ts';
import { sessionUntil } from './simulator/session-end.ts';
import { accountOf } from './simulator/world.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The credentials of a rehearsal, and when they end. */
interface RehearsedCredentials extends Pick<EndingLine, 'credentials'> {
  /** In ms of simulated time; undefined where they don't tell. */
  expiry(): Promise<number | undefined>;
  /** Begins a new session: somebody has signed in again. */
  signIn(): void;
  /** Goes on with a session that needs no code. */
  mend(): void;
}

/** The account's own key, or a role that is assumed with it, with a code that is asked for once an hour of simulated time. */
export const rehearsedCredentials = (
  { terminal, interrupt, requests }: { terminal: Terminal; interrupt: Interrupt; requests: Requests },
  { world, clock, scene }: Pick<Simulator, 'world' | 'clock' | 'scene'>,
): RehearsedCredentials => {
  let sessions = 0;
  let role = scene?.signsIn;
  const own = () => ({
    accessKeyId: account,
    secretAccessKey: 'rehearsal',
    ...(sessions > 0 && { sessionToken: `rehearsal session ${sessions}` }),
  });
  const askMfa = (serial: string, refused?: boolean) => interrupt.rest(() => askForCode(terminal, serial, refused));
  const { roleAssumer } = roleAssumers({ region: 'us-east-1', requestHandler: requests }, askMfa);
  let assumed: ReturnType<typeof roleAssumer> | undefined;
  const assume = async () => {
    const { roleArn, mfaSerial } = role ?? { roleArn: '', mfaSerial: '' };
    const code = { SerialNumber: mfaSerial, TokenCode: await askMfa(mfaSerial) };
    return roleAssumer(own(), { RoleArn: roleArn, RoleSessionName: 'rehearsal', ...code });
  };
  const credentials = async (): Promise<Awaited<ReturnType<EndingLine['credentials']>>> => {
    if (!role) return own();
    const before = assumed;
    const kept = await before?.catch(() => undefined);
    if (kept?.expiration && kept.expiration.getTime() > clock.now()) return kept;
    // Of several calls at once, the first asks for all.
    if (assumed === before) assumed = assume();
    return assumed ?? own();
  };
  return {
    credentials,
    expiry: async () => (role ? (await credentials()).expiration?.getTime() : sessionUntil(accountOf(world, account))),
    signIn() {
      sessions += 1;
    },
    mend() {
      role = undefined;
      sessions += 1;
    },
  };
};
