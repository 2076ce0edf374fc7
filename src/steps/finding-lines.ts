import type { Finding } from '../template/review/findings.ts';
import { printable } from '../text.ts';

/** A finding as lines to read: what, where it was seen, what to do, and the id that accepts it. */
const findingLines = ({ level, title, evidence, advice, id }: Finding): readonly string[] => [
  `${level}: ${printable(title)}`,
  `  ${printable(evidence)}`,
  `  ${printable(advice)}`,
  ...(level === 'alarm' ? [`  ${id}`] : []),
];

/** All that has to be read before an alarm is accepted. */
export const worthReading = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ level }) => level !== 'note').flatMap(findingLines);

/** Alarms that nobody has accepted by their id. */
export const openAlarms = (findings: readonly Finding[], accepted: readonly string[]): readonly Finding[] =>
  findings.filter(({ level, id }) => level === 'alarm' && !accepted.includes(id));

/** The flags that accept them. */
export const acceptance = (alarms: readonly Finding[]): string =>
  alarms.map(({ id }) => `--accept-risk ${id}`).join(' ');
