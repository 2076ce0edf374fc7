import type { Move } from '../../step.ts';
import { printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';
import { expectation, when } from './times.ts';

/** A step's title as the walk comes to it. */
export const stepView = (number: number, count: number, title: string, style: Style): string =>
  `\n${style.heading(`Step ${number} of ${count}: ${title}`)}`;

/** Where a walk ended: whose turn it is, since when, until when, and what to type. Times in ms. */
export const endingView = (move: Move, now: number, style: Style, columns: number): string => {
  const lines = (...texts: readonly string[]) => texts.map((text) => wrapped(text, columns)).join('\n');
  const advice = (texts: readonly string[] = []) => texts.map((text) => wrapped(`- ${commandWhole(text)}`, columns, 2));
  switch (move.kind) {
    case 'done':
      return lines(`${style.good('✔')} ${move.reason}`);
    case 'blocked':
      return [
        lines(`${style.bad('✖')} ${move.reason}`),
        ...(move.details ?? []).map((line) => wrapped(printable(line), columns, 2)),
        ...advice(move.advice),
      ].join('\n');
    case 'handover':
      return [lines(`${style.warning('→')} ${move.reason}`), ...advice(move.advice)].join('\n');
    case 'wait':
      return [
        lines(`${style.warning('…')} ${move.reason}`),
        ...(move.since === undefined ? [] : [wrapped(`Since ${when(move.since, now)}.`, columns, 2)]),
        ...(move.expectedBy === undefined ? [] : [wrapped(expectation(move.expectedBy, now), columns, 2)]),
        ...advice(move.advice),
      ].join('\n');
    case 'change':
      return lines(`${style.warning('→')} ${move.reason}`);
  }
};
