import type { ConnectionStatus } from '../../connection-status.ts';
import { printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';
import { expectation, when } from './times.ts';

const stateWords: Readonly<Record<ConnectionStatus['state'], string>> = {
  ready: 'ready',
  waiting: 'waiting',
  'your-turn': 'your turn',
  blocked: 'blocked',
  'not-started': 'not started',
  unknown: 'unknown',
};

const wordsOf = ({ state, removal }: Pick<ConnectionStatus, 'state' | 'removal'>): string =>
  removal ? { begun: 'being removed', done: 'removed' }[removal.kind] : stateWords[state];

const coloured = (state: ConnectionStatus['state'], style: Style) =>
  state === 'ready' ? style.good : state === 'blocked' || state === 'unknown' ? style.bad : style.warning;

const marks = { ok: '✔', missing: '·', wrong: '✖', pending: '…', unknown: '?' } as const;

/** One connection in depth: each step with its evidence, then what to type. Times in ms. */
export const statusView = (status: ConnectionStatus, now: number, style: Style, columns: number): string => {
  const lines = [
    `${style.strong(status.name)}  account ${status.accountId}  ${coloured(status.state, style)(wordsOf(status))}`,
    '',
  ];
  const { removal } = status;
  if (removal) {
    const since = when(Date.parse(removal.at), now);
    const what =
      removal.kind === 'done'
        ? `It was taken back with spot-cur remove on ${since}.`
        : `It is being taken back with spot-cur remove, since ${since}, and that is not finished.`;
    const more = `What was done: spot-cur history ${status.name}`;
    return [...lines, ...[what, more, status.next].map((text) => wrapped(commandWhole(text), columns))].join('\n');
  }
  for (const [index, { title, move, checks }] of status.steps.entries()) {
    lines.push(style.heading(`${index + 1}. ${title}`));
    lines.push(wrapped(move.reason, columns, 3));
    for (const { state, text, evidence } of checks)
      lines.push(
        wrapped(
          `${mark(state, style)} ${text}${evidence ? style.faint(` (${seenAs(evidence, now)})`) : ''}`,
          columns,
          3,
        ),
      );
    if (move.since) lines.push(wrapped(`Since ${when(Date.parse(move.since), now)}.`, columns, 3));
    if (move.expectedBy) lines.push(wrapped(expectation(Date.parse(move.expectedBy), now), columns, 3));
    for (const each of move.advice ?? []) lines.push(wrapped(`- ${commandWhole(each)}`, columns, 3));
    lines.push('');
  }
  lines.push(wrapped(status.next, columns));
  return lines.join('\n');
};

/** Times are kept in UTC and shown in the user's zone. */
const seenAs = (evidence: string, now: number): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(evidence) ? when(Date.parse(evidence), now) : printable(evidence);

const mark = (state: keyof typeof marks, style: Style): string => {
  const paint = {
    ok: style.good,
    missing: style.faint,
    wrong: style.bad,
    pending: style.warning,
    unknown: style.warning,
  }[state];
  return paint(marks[state]);
};

/** All connections, a line each. */
export const statusTable = (all: readonly ConnectionStatus[], style: Style): string => {
  const rows = all.map((status) => [
    status.name,
    status.accountId,
    wordsOf(status),
    status.removal ? '' : status.step,
    status.next,
  ]);
  const heads = ['customer', 'account', 'state', 'step', 'next'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [style.faint(line(heads)), ...rows.map(line)].join('\n');
};
