import type { Unseen } from './looks.ts';

/** One thing that was checked, and what came of it. */
export interface Finding {
  /** Stable, in kebab case; permissions bear their phase. */
  readonly id: string;
  /**
   * A problem stops the work, now or in a later step: proven by what was seen, or refused by IAM's simulation. A warning may, or
   * could not be looked at.
   */
  readonly level: 'ok' | 'warning' | 'problem';
  /** One sentence or more. */
  readonly title: string;
  /** What was seen. */
  readonly evidence?: string | undefined;
  /** More of it than fits a line. */
  readonly details?: readonly string[];
  readonly advice: readonly string[];
  /** True for a warning that the work does without: setup keeps it to itself. */
  readonly minor?: boolean;
  /** Why it could not be looked at, for what could not. */
  readonly unseen?: 'denied' | 'ended' | 'otherwise';
}

/** Findings that belong together, under what they are about. */
export interface Area {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export const fine = (id: string, title: string, evidence?: string): Finding => ({
  id,
  level: 'ok',
  title,
  ...(evidence !== undefined && { evidence }),
  advice: [],
});

/** A check that can't be made stops nothing. `what` as in "Could not look at …". */
export const couldNotLook = (
  id: string,
  what: string,
  { reason, ended = false, denied = false }: Pick<Unseen, 'reason' | 'ended'> & Partial<Pick<Unseen, 'denied'>>,
  advice: readonly string[] = [],
): Finding => ({
  id,
  level: 'warning',
  title: `Could not look at ${what}.`,
  evidence: reason,
  advice,
  unseen: ended ? 'ended' : denied ? 'denied' : 'otherwise',
  ...(ended && { minor: true }),
});

/** What a step says about an obstacle, as a finding. */
export const obstacle = (
  id: string,
  { reason, details, advice }: Pick<Finding, 'advice' | 'details'> & { readonly reason: string },
  level: Finding['level'] = 'problem',
): Finding => ({ id, level, title: reason, ...(details && { details }), advice });
