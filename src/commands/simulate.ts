import type { Flags } from '../answers.ts';
import { Problem } from '../errors.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { SceneTitle } from '../terminal/views/scenes.ts';
import { wrapped } from '../terminal/wrap.ts';
import { json, shellWord } from '../text.ts';

export interface SimulatedServer {
  readonly port: number;
  /** When the session of the account's own key ends, in ms, if that is told. */
  readonly expires?: number | undefined;
  close(): Promise<void>;
}

/** A scene that is served, and what can be done about its trouble. */
export interface ServedScene extends SceneTitle {
  readonly mend?: { readonly told: string; readonly flags?: Flags };
  /** A role that is to be assumed there, with a code. */
  readonly signsIn?: { readonly roleArn: string; readonly mfaSerial: string };
}

/** Serves the simulated AWS until interrupted, and says how to reach it. @returns the exit code */
export const simulate = async (
  facts: {
    readonly terminal: Terminal;
    readonly interrupt: Interrupt;
    readonly json: boolean;
    readonly scene?: ServedScene | undefined;
  },
  serve: () => Promise<SimulatedServer>,
): Promise<number> => {
  const { terminal, interrupt, scene } = facts;
  const server = await serve().catch((error: NodeJS.ErrnoException) => {
    throw portTrouble(error);
  });
  const url = `http://127.0.0.1:${server.port}`;
  terminal.say(terminal.style.banner(' Simulated AWS: nothing here is real '));
  if (scene) terminal.say(wrapped(`Scene ${terminal.style.strong(scene.name)}: ${scene.title}`, terminal.columns));
  terminal.say(`It listens on ${url}, for this machine only. In another terminal:\n`);
  const env: Readonly<Record<string, string>> = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: '111122223333',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_REGION: 'us-east-1',
    ...(server.expires !== undefined && { AWS_CREDENTIAL_EXPIRATION: new Date(server.expires).toISOString() }),
  };
  const notes: Readonly<Record<string, string>> = {
    AWS_ACCESS_KEY_ID: '   # 12 digits: the account that you are in',
  };
  const exported = () => Object.entries(env).map(([name, value]) => `export ${name}=${value}${notes[name] ?? ''}`);
  terminal.result(facts.json ? json(document(url, env, scene)) : exported().join('\n'));
  terminal.say(
    [
      '',
      'Then, for example:  spot-cur setup acme --spot-org-id 60012345 --msp-account 999988887777',
      `A day later:        curl -X POST ${url}/_simulator/advance -d '{"hours": 25}'`,
      `Spot's link comes 48 hours after the crawler is scheduled: curl '${url}/_simulator/link?account=111122223333'`,
      ...(scene?.signsIn ? signInLines(scene.signsIn, terminal.columns) : []),
      ...(scene ? mendLines(scene, url, terminal.columns) : []),
      '',
      'Ctrl-C ends it; the simulated world is gone then.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => interrupt.signal.addEventListener('abort', () => resolve(), { once: true }));
  await server.close();
  return 0;
};

const document = (url: string, env: Readonly<Record<string, string>>, scene?: ServedScene) => ({
  schema: 'spot-cur/simulate@1',
  url,
  env,
  ...(scene && { scene: { name: scene.name, title: scene.title, mend: scene.mend?.told ?? null } }),
});

const signInLines = (
  { roleArn, mfaSerial }: NonNullable<ServedScene['signsIn']>,
  columns: number,
): readonly string[] => [
  '',
  wrapped(
    'The account is worked in by a role that wants a code: any six digits but 000000. With each command:',
    columns,
  ),
  `  --role-arn ${shellWord(roleArn)} \\\n  --mfa-serial ${shellWord(mfaSerial)}`,
];

/** How the scene goes on. */
const mendLines = ({ mend }: ServedScene, url: string, columns: number): readonly string[] => {
  if (!mend) return [];
  const flags = Object.entries(mend.flags ?? {}).flatMap(([id, value]) =>
    [value ?? []].flat().map((each) => `--${id} ${shellWord(each)}`),
  );
  return [
    '',
    wrapped(`What a person would do about the trouble: ${mend.told}`, columns),
    `That is done by:    curl -X POST ${url}/_simulator/mend`,
    ...(flags.length > 0 ? [`and by the options:  ${flags.join(' ')}`] : []),
  ];
};

/** A port that can't be had is the user's to change; anything else stays as it is. */
const portTrouble = (error: NodeJS.ErrnoException & { readonly port?: number }): Error => {
  const why = { EADDRINUSE: 'something listens there already', EACCES: 'this user may not listen there' }[
    error.code ?? ''
  ];
  if (why === undefined) return error;
  return new Problem(
    `Port ${error.port} can't be had: ${why}.`,
    ['Choose another one, or let a free one be picked: spot-cur simulate --port 0'],
    'usage',
  );
};
