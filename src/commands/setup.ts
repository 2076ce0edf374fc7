import { Problem } from '../errors.ts';
import type { Session } from '../session.ts';
import { steps } from '../steps/index.ts';
import type { Ending } from '../wizard/going.ts';
import type { WalkCommandOptions } from './options.ts';
import { walkConnection } from './walk-connection.ts';

/** Guided, from nothing; goes on where an earlier run stopped. @returns the exit code */
export const setup = async (session: Session, options: WalkCommandOptions): Promise<number> =>
  exitCodeFor(await walkConnection(session, steps, options, 'setup'));

/** Handed back at anybody's turn is success; what has to be mended first is not, nor is a plan that nobody agreed to. */
export const exitCodeFor = ({ kind, looks }: Ending): number => {
  if (kind !== 'blocked' && kind !== 'declined') return 0;
  const move = looks.at(-1)?.move;
  const code = move?.kind === 'change' && kind === 'blocked' ? move.thenStop?.code : undefined;
  return new Problem('', [], move?.kind === 'blocked' ? move.code : code).exitCode;
};
