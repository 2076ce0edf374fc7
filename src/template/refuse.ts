import type { Problem } from '../errors.ts';

/** Makes the Problem for a link that breaks a rule; the rule is the end of "The link … is refused: …". */
export type Refuse = (rule: string) => Problem;
