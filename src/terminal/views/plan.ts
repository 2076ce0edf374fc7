import type { ChangeMove } from '../../step.ts';
import { printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';

export interface PlanFacts {
  readonly account: string;
  readonly arn: string;
  /** "aws", or the custom endpoint. */
  readonly endpoint: string;
}

const staying = (stays: readonly string[] = [], style: Style, columns: number): readonly string[] =>
  stays.length === 0
    ? []
    : [style.strong('Stays'), ...stays.map((line) => wrapped(`- ${commandWhole(printable(line))}`, columns, 2)), ''];

/** What will happen, before it does: every change with its details, and where. */
export const planView = (move: ChangeMove, facts: PlanFacts, style: Style, columns: number): string => {
  const prose = (text: string, indent: number) => wrapped(text, columns, indent);
  const item = (number: number, summary: string) =>
    `  ${style.strong(`${number}.`)} ${wrapped(summary, columns, 5).trimStart()}`;
  const numbered = move.changes.flatMap(({ summary, details = [] }, index) => [
    item(index + 1, summary),
    ...details.map((line) => style.faint(wrapped(printable(line), columns, 7))),
  ]);
  const later = (move.later ?? []).map((summary, index) => item(move.changes.length + index + 1, summary));
  return [
    '',
    style.heading('Plan'),
    prose(move.reason, 0),
    ...(move.after ? [prose(style.warning(`The attempt before failed. ${move.after.reason}`), 0)] : []),
    '',
    ...numbered,
    ...later,
    '',
    ...staying(move.stays, style, columns),
    ...(move.warnings ?? []).map((warning) => prose(style.warning(`! ${commandWhole(warning)}`), 0)),
    prose(
      `Account ${style.strong(facts.account)}${move.account ? `, ${printable(move.account)}` : ''}, as ${printable(facts.arn)}`,
      0,
    ),
    ...(facts.endpoint === 'aws' ? [] : [prose(style.warning(`Not AWS itself: ${facts.endpoint}`), 0)]),
  ].join('\n');
};
