import type { Session } from '../session.ts';
import { steps } from '../steps/index.ts';
import type { WalkCommandOptions } from './options.ts';
import { exitCodeFor } from './setup.ts';
import { walkConnection } from './walk-connection.ts';

/** The same walk as setup, for a connection that exists. @returns the exit code */
export const resume = async (session: Session, options: WalkCommandOptions): Promise<number> =>
  exitCodeFor(await walkConnection(session, steps, options, 'resume'));
