import { bucketRefusals } from './bucket-refusals.ts';
import { crawlerRefusals } from './crawler-refusals.ts';
import { again, type Explanation, type Trouble } from './error.ts';
import { reportRefusals } from './report-refusals.ts';
import { stackRefusals } from './stack-refusals.ts';

/** The first that an answer is of explains it. */
const refusals = [...reportRefusals, ...stackRefusals, ...crawlerRefusals, ...bucketRefusals];

/** What the SDK puts where AWS has said nothing. */
const speechless = /^(Unknown|UnknownError|SyntaxError|TypeError|\d{3}|)$/;

/** Explains an answer of AWS's that says no, by what is known of its code or sentence. */
export const explainRefusal = (trouble: Trouble): Explanation => {
  const { code, message, call, error } = trouble;
  const known = refusals.find(
    (each) =>
      (each.of?.test(error.$call?.action ?? '') ?? true) &&
      (each.code?.test(code) ?? true) &&
      (each.says?.test(message) ?? true),
  );
  const spoken = [code, message].filter((word) => !speechless.test(word));
  const words = spoken.join(' ');
  const status = `HTTP status ${error.$metadata?.httpStatusCode}`;
  if (known)
    return {
      text: `${known.text}${call}.`,
      advice: [...known.advice(trouble), again, ...(words ? [`AWS's words: ${words}`] : [])],
    };
  if ((error.$metadata?.httpStatusCode ?? 0) >= 500)
    return {
      text: `AWS had trouble of its own${call}: ${words || status}`,
      advice: ['Wait a minute. How the connection stands: spot-cur status', again],
    };
  return {
    text: `AWS refused the request${call}: ${spoken.join(': ') || status}`,
    advice: ['Mend what AWS names. What can be seen of the account: spot-cur doctor', again],
  };
};
