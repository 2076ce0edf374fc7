import type { Problem } from '../../errors.ts';
import { printable, withoutSecrets } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';

/** Trouble as the user reads it: what happened, then what to do. */
export const problemView = (problem: Problem, style: Style, columns: number): string =>
  [
    wrapped(`${style.bad('✖')} ${printable(problem.message)}`, columns),
    ...problem.details.map((line) => wrapped(printable(line), columns, 2)),
    ...problem.advice.map((text) => wrapped(`- ${commandWhole(printable(text))}`, columns, 2)),
    ...(problem.requestId ? [style.faint(`  AWS request ${printable(problem.requestId)}`)] : []),
  ].join('\n');

/** The same as the document that --json prints. */
export const problemDocument = (problem: Problem) => ({
  schema: 'spot-cur/error@1',
  error: {
    code: problem.code,
    message: printable(problem.message),
    ...(problem.details.length > 0 && { details: problem.details.map(printable) }),
    advice: problem.advice.map(printable),
    ...(problem.requestId && { requestId: printable(problem.requestId) }),
  },
});

const mostOfBug = 8_000;

/**
 * What a bug of ours is reported with: its name, words and place in the code. Never what hangs on it beside: errors of clients carry
 * requests, and those credentials.
 */
export const bugView = (thrown: unknown): string => {
  const place =
    thrown instanceof Error ? (thrown.stack ?? `${thrown.name}: ${thrown.message}`) : `thrown: ${typeof thrown}`;
  const shown = withoutSecrets(place)
    .slice(0, mostOfBug)
    .split('\n')
    .map((line) => line.match(/^ */)?.[0] + printable(line).trimStart())
    .join('\n');
  return `This is a bug of spot-cur; everything done so far is saved. Please report it:\n${shown}`;
};
