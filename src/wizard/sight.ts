import { Problem } from '../errors.ts';
import type { ChangeMove } from '../step.ts';
import { type Going, slowToShowFor, type Turn } from './going.ts';

const pollEvery = 2_000;

/** Waits for a change that AWS has accepted and does not show yet: it is never written twice. */
export const waitForSight = async (going: Going, { changes }: ChangeMove): Promise<Turn> => {
  const { session, applied, recorder, options } = going;
  const since = Math.max(...changes.map(({ id }) => applied.get(id) ?? 0));
  if (session.clock.now() - since <= slowToShowFor) {
    const progress = session.terminal.glimpse('AWS has accepted this; waiting until it shows');
    try {
      await session.clock.sleep(pollEvery, session.interrupt.signal);
    } finally {
      progress.clear();
    }
    return 'look-again';
  }
  if (since >= going.began)
    throw new Problem(
      `AWS has accepted this and does not show it: ${changes.map(({ summary }) => summary).join('; ')}.`,
      [`Wait a few minutes, then: spot-cur ${options.command ?? 'resume'} ${recorder.state.customer}`],
    );
  // It was done by an earlier run and has gone since: plan it anew.
  for (const { id } of changes) applied.delete(id);
  return 'look-again';
};
