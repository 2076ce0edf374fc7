import { connect } from '../../src/aws/connect.ts';
import type { Connected, Session } from '../../src/session.ts';
import type { Hands } from '../support/rehearsal.ts';

type Line = Parameters<NonNullable<Hands['session']>>[1];

/** How many runs one set of clients serves: they spare their retries when too many calls fail. */
const runsEach = 24;

/**
 * One set of SDK clients for many runs in many worlds, one run at a time: making them costs as much as a third of a journey. Whoever
 * is served changes with each session.
 */
export const sharedClients = () => {
  let serving: { readonly line: Line; readonly session: Session } | undefined;
  let served = 0;
  let aws: Connected['aws'] | undefined;
  const current = () => {
    if (!serving) throw new Error('Nobody is being served.');
    return serving;
  };
  const made = () =>
    connect({
      credentials: async (given) => current().line.credentials(given),
      endpoints: {},
      requests: { handle: (request, options) => current().line.requests.handle(request, options) },
      patience: {
        now: () => current().line.patience?.now() ?? 0,
        pause: async () => {},
        again: (repetition) => current().line.patience?.again(repetition),
      },
    });
  return (session: Session, line: Line): Session => ({
    ...session,
    async connect() {
      serving = { line, session };
      served += 1;
      if (!aws || served % runsEach === 0) aws = made();
      const shared = aws;
      return { aws: shared, endpoint: 'aws', lookingUntil: () => shared, expiry: async () => undefined };
    },
  });
};
