import type { Session } from '../session.ts';
import type { PolicyOptions } from './options.ts';

/** Prints the least IAM policy for this work. @returns the exit code */
export const policy = async (_session: Session, _options: PolicyOptions): Promise<number> => 0;
