import { bucketRefusals } from './bucket-refusals.ts';
import { crawlerRefusals } from './crawler-refusals.ts';
import { again, type Explanation, type Trouble } from './error.ts';
import { reportRefusals } from './report-refusals.ts';
import { stackRefusals } from './stack-refusals.ts';

/** The first that an answer is of explains it. */
const refusals = [...reportRefusals, ...stackRefusals, ...crawlerRefusals, ...bucketRefusals];

/** Explains an answer of AWS's that says no, by what is known of its code or sentence. */
export const explainRefusal = (trouble: Trouble): Explanation => {
  const { code, message, call, error } = trouble;
  const known = refusals.find((each) => (each.code?.test(code) ?? true) && (each.says?.test(message) ?? true));
  const words = `${code === 'SyntaxError' ? '' : code} ${message === 'UnknownError' ? '' : message}`.trim();
  if (known)
    return {
      text: `${known.text}${call}.`,
      advice: [...known.advice(trouble), again, ...(words ? [`AWS's words: ${words}`] : [])],
    };
  if ((error.$metadata?.httpStatusCode ?? 0) >= 500)
    return {
      text: `AWS had trouble of its own${call}: ${words}`,
      advice: ['Wait a minute. How the connection stands: spot-cur status', again],
    };
  return {
    text: `AWS refused the request${call}: ${code}${message ? `: ${message}` : ''}`,
    advice: ['Mend what AWS names. What can be seen of the account: spot-cur doctor', again],
  };
};
