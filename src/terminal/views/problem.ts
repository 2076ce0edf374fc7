import type { Problem } from '../../errors.ts';
import { printable } from '../../text.ts';
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
