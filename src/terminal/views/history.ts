import type { Problem } from '../../errors.ts';
import type { JournalEntry, State } from '../../state/state.ts';
import { json, printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { wrapped } from '../wrap.ts';
import { problemDocument, problemView } from './problem.ts';
import { when } from './times.ts';

/** The journal of one connection, or why it can't be read. */
export interface Journal {
  readonly customer: string;
  readonly state: State | Problem;
}

type Outcome = 'done' | 'failed' | 'unknown';

const outcomeOf = ({ outcome }: JournalEntry): Outcome => outcome ?? 'unknown';

const words: Readonly<Record<Outcome, string>> = { done: 'done', failed: 'failed', unknown: 'outcome not known' };

/** What a change acted on: its ARN, else what journals of before have. */
const resourceOf = ({ arn, resource }: JournalEntry): string | undefined => arn ?? resource?.replace(':', ' ');

/** Each change of each connection, newest last. `now` in ms. */
export const historyView = (journals: readonly Journal[], now: number, style: Style, columns: number): string =>
  journals
    .map(({ customer, state }) =>
      'journal' in state
        ? connectionView(state, now, style, columns)
        : `${style.strong(customer)}\n${problemView(state, style, columns)}`,
    )
    .join('\n\n');

const connectionView = ({ customer, account, journal }: State, now: number, style: Style, columns: number): string =>
  [
    `${style.strong(customer)}  account ${account}`,
    ...(journal.length > 0
      ? journal.flatMap((entry) => ['', ...entryLines(entry, now, style, columns)])
      : ['', 'Nothing has been changed for it yet.']),
  ].join('\n');

const entryLines = (entry: JournalEntry, now: number, style: Style, columns: number): string[] => {
  const outcome = outcomeOf(entry);
  const paint = { done: style.good, failed: style.bad, unknown: style.warning }[outcome];
  const resource = resourceOf(entry);
  const { action, again, error, requestId, tool, who, summary } = entry;
  const line = (text: string) => wrapped(printable(text), columns, 2);
  return [
    `${when(Date.parse(entry.began), now)}  ${paint(words[outcome])}`,
    line(summary),
    ...(error === undefined ? [] : [line(error)]),
    ...[
      ...(action || resource ? [[action, resource].filter(Boolean).join(' on ')] : []),
      `by ${who}, with spot-cur ${tool}`,
      ...(again ? [`no answer came at first; begun again ${when(Date.parse(again), now)}`] : []),
      ...(requestId ? [`AWS request ${requestId}`] : []),
    ].map((text) => style.faint(line(text))),
  ];
};

/** `history --json`. Times are ISO 8601 UTC. */
export const historyDocument = (journals: readonly Journal[]): string =>
  json({ schema: 'spot-cur/history@1', customers: journals.map(customerDocument) });

const customerDocument = ({ customer, state }: Journal) =>
  'journal' in state
    ? { name: customer, accountId: state.account, changes: state.journal.map(changeDocument) }
    : { name: customer, error: problemDocument(state).error };

const changeDocument = (entry: JournalEntry) => ({
  time: entry.began,
  ...(entry.again && { again: entry.again }),
  ...(entry.ended && { ended: entry.ended }),
  who: entry.who,
  summary: entry.summary,
  change: entry.change,
  ...(entry.action && { action: entry.action }),
  ...(resourceOf(entry) && { resource: resourceOf(entry) }),
  outcome: outcomeOf(entry),
  ...(entry.error && { error: entry.error }),
  ...(entry.requestId && { requestId: entry.requestId }),
  tool: entry.tool,
});
