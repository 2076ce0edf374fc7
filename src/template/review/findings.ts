import { printable } from '../../text.ts';

export type Level = 'note' | 'warning' | 'alarm';

/** One thing that a reviewer would tell. Its id dies with the template. */
export interface Finding {
  /** `<rule>.<logical id>.<first 8 of the template's SHA-256>` */
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  /** The logical id, or `template` for what concerns the whole. */
  readonly resource: string;
  /** What was seen, in the template's words. */
  readonly evidence: string;
  readonly advice: string;
}

/** What a rule reports, before it is given an id. */
export interface Remark {
  readonly rule: string;
  readonly level: Level;
  readonly resource: string;
  readonly title: string;
  readonly evidence: string;
  readonly advice: string;
}

/** The resource of a remark on the template as a whole. */
export const wholeTemplate = 'template';

const rank: Readonly<Record<Level, number>> = { alarm: 0, warning: 1, note: 2 };
const mostEvidence = 1_200;

/**
 * Remarks as findings: one for each rule and resource, the evidence of all of them in it, the worst first.
 * `secrets` are values that no evidence may show.
 */
export const findingsFrom = (
  remarks: readonly Remark[],
  sha256: string,
  secrets: readonly string[],
): readonly Finding[] => {
  const groups = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const key = JSON.stringify([remark.rule, remark.resource]);
    const group = groups.get(key);
    if (group) group.push(remark);
    else groups.set(key, [remark]);
  }
  return [...groups.values()]
    .map((group) => merged(group, sha256, (text) => safe(text, secrets)))
    .sort((a, b) => rank[a.level] - rank[b.level]);
};

const merged = (group: readonly Remark[], sha256: string, safely: (text: string) => string): Finding => {
  const worst = group.reduce((a, b) => (rank[b.level] < rank[a.level] ? b : a));
  const evidence = [...new Set(group.map((each) => safely(each.evidence)))].join('; ');
  return {
    id: `${worst.rule}.${printable(worst.resource).replace(/[^A-Za-z0-9:_-]/g, '_')}.${sha256.slice(0, 8)}`,
    level: worst.level,
    title: safely(worst.title),
    resource: printable(worst.resource),
    evidence: evidence.length > mostEvidence ? `${evidence.slice(0, mostEvidence)}…` : evidence,
    advice: safely(worst.advice),
  };
};

const safe = (text: string, secrets: readonly string[]): string =>
  printable(secrets.reduce((shown, secret) => shown.replaceAll(secret, '****'), text));
