import { Problem } from '../errors.ts';

/** What to say of a connection that is not there, when it was named. */
export const nothingSaved = (customer: string, known: readonly string[]): Problem =>
  new Problem(
    `There is no connection named ${customer}.`,
    [
      known.length > 0 ? `There are: ${known.join(', ')}.` : 'There are none yet.',
      `Make it: spot-cur setup ${customer}`,
    ],
    'usage',
  );
