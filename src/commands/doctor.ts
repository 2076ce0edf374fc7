import type { Session } from '../session.ts';
import type { ConnectionOptions } from './options.ts';

/** Looks for everything that can be known to fail before anything is written. @returns the exit code */
export const doctor = async (_session: Session, _options: ConnectionOptions): Promise<number> => 0;
