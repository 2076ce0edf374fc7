import { type Stay, stayText } from '../../removal/part.ts';
import { json, printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, unbroken, wrapped } from '../wrap.ts';
import { when } from './times.ts';

/** Where a removal has ended. */
export interface RemovalEnd {
  readonly customer: string;
  readonly account: string;
  readonly ending: 'done' | 'waiting' | 'blocked' | 'planned' | 'declined';
  /** Whether it had been removed before this run began. */
  readonly before: boolean;
  readonly did: readonly string[];
  /** Whether anything was taken back, in this run or in those that were cut off before it. */
  readonly tookAny: boolean;
  /** What is still to be done, in the words of the plan. */
  readonly goes: readonly string[];
  readonly stays: readonly Stay[];
  /** What it costs, in full sentences. */
  readonly costs: readonly string[];
  /** What goes on with it. */
  readonly command: string;
  /** Why it does not go on, where it does not. */
  readonly obstacle?: { readonly reason: string; readonly advice: readonly string[] } | undefined;
}

/** What setup says of a connection that was taken back, or was about to be. `now` in ms. */
export const removalRemark = (
  customer: string,
  { kind, at }: { readonly kind: 'begun' | 'done'; readonly at: string },
  now: number,
): string =>
  kind === 'done'
    ? `${customer} was taken back on ${when(Date.parse(at), now)}, and is connected anew.`
    : `${customer} was about to be taken back since ${when(Date.parse(at), now)}; it is kept, and what is gone is made again.`;

/** The last words of a removal. */
export const removalView = (end: RemovalEnd, style: Style, columns: number): string => {
  const prose = (text: string, indent = 0) => wrapped(text, columns, indent);
  const command = (text: string) => `  ${style.command(unbroken(text))}`;
  switch (end.ending) {
    case 'done':
      return [
        '',
        prose(`${style.good('✔')} ${style.strong(doneWords(end))}`),
        ...((end.did.length === 0 || !end.tookAny) && end.stays.length > 0
          ? ['', 'What stays:', ...stayLines(end.stays).map((line) => prose(line, 2))]
          : []),
        '',
        prose('What was done, and by whom:'),
        command(`spot-cur history ${end.customer}`),
        prose('To connect the account again:'),
        command(`spot-cur setup ${end.customer}`),
      ].join('\n');
    case 'planned':
      return `\n${prose('This was a dry run: nothing was changed.')}`;
    case 'declined':
      return end.did.length === 0
        ? `\n${prose('Nothing was changed.')}`
        : `\n${prose('Nothing else was changed. Everything done so far is recorded; to go on:')}\n\n${command(end.command)}`;
    case 'waiting':
    case 'blocked':
      return `\n${prose('Everything done so far is recorded. To go on, once that is mended:')}\n\n${command(end.command)}`;
  }
};

const doneWords = ({ customer, did, before, tookAny }: RemovalEnd): string =>
  did.length > 0
    ? tookAny
      ? `${customer} is taken back.`
      : `Nothing was taken back: this connection is not recorded to have made anything that stands. ${customer} is marked as removed.`
    : before
      ? `${customer} was taken back before, and nothing is left to do.`
      : `Nothing of ${customer} is left to take back.`;

const stayLines = (stays: readonly Stay[]): readonly string[] =>
  stays.map((stay) => commandWhole(printable(`- ${stayText(stay)}`)));

/** `remove --json`. */
export const removalDocument = (end: RemovalEnd): string =>
  json({
    schema: 'spot-cur/removal@1',
    customer: { name: end.customer, accountId: end.account },
    state: end.ending === 'done' ? 'removed' : end.ending,
    did: end.did,
    goes: end.ending === 'done' ? [] : end.goes,
    costs: end.ending === 'done' ? [] : end.costs.map(printable),
    stays: end.stays.map(({ what, why }) => ({ what: printable(what), why: printable(why) })),
    ...(end.obstacle && {
      reason: printable(end.obstacle.reason),
      advice: end.obstacle.advice.map(printable),
    }),
    next: end.ending === 'done' ? `spot-cur setup ${end.customer}` : end.command,
  });
