import type { Context } from '../context.ts';
import type { Level, Remark } from '../findings.ts';

/** Looks at a template for one kind of thing. */
export type Rule = (context: Context) => readonly Remark[];

/** A remark in the order in which it is read. */
export const remark = (
  rule: string,
  level: Level,
  resource: string,
  [title, evidence, advice]: readonly [title: string, evidence: string, advice: string],
): Remark => ({ rule, level, resource, title, evidence, advice });

export const askSpot = 'Do not deploy it before Spot has explained why it needs this.';
