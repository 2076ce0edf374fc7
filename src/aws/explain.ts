import { Problem } from '../errors.ts';
import { printable } from '../text.ts';
import { explainDenial } from './explain/denial.ts';
import {
  again,
  type ExplainContext,
  type Explanation,
  type SdkError,
  type Trouble,
  troubleIn,
} from './explain/error.ts';
import {
  absent,
  denied,
  distrusted,
  expired,
  garbled,
  type Kind,
  network,
  ofProxy,
  regionOff,
  rejected,
  skewed,
  throttled,
} from './explain/kinds.ts';
import { explainOffer, ofOffer } from './explain/offer-refusals.ts';
import { explainDistrust, explainGarbled, explainNetwork, explainProxy } from './explain/reach.ts';
import { explainRefusal } from './explain/refusals.ts';
import { waysToFirst, waysToRenew } from './explain/ways-to-renew.ts';

export type { ExplainContext, FailedCall } from './explain/error.ts';
export { again } from './explain/error.ts';

/** The first kind that an error is of explains it. */
const explanations: readonly (readonly [Kind, (trouble: Trouble) => Explanation])[] = [
  [
    skewed,
    ({ call, message }) => ({
      text: `AWS refused the request because this machine's clock is off${call}: ${message}`,
      advice: [
        'Set the clock, for example: sudo timedatectl set-ntp true',
        'How far it is off: spot-cur doctor',
        again,
      ],
    }),
  ],
  [
    expired,
    // What the call was about has no part in it, and an ARN would be broken at the edge of the screen.
    ({ error: { $call }, context, message }) => ({
      text: `The AWS session has expired${$call ? ` (${printable($call.action)})` : ''}.`,
      advice: waysToRenew(context, message),
      kind: 'credentials',
    }),
  ],
  [
    absent,
    ({ context, message }) => ({
      text: `There are no usable AWS credentials: ${message.replace(/\.?$/, '.')}`,
      advice: [...waysToFirst(context), ...waysToRenew(context, message)],
      kind: 'credentials',
    }),
  ],
  [
    rejected,
    ({ call, context, message }) => ({
      text: `AWS does not accept these credentials${call}: ${message}`,
      advice: [
        ...waysToRenew(context, message).slice(0, -1),
        'Keys of one region or partition are strangers elsewhere; all of this is in us-east-1: aws sts get-caller-identity --region us-east-1',
        again,
      ],
      kind: 'credentials',
    }),
  ],
  [
    regionOff,
    ({ call, message }) => ({
      text: `The account is not signed up for this service yet, or its region is switched off${call}: ${message}`,
      advice: [
        'Have the account activated in the AWS console; a new one takes up to a day.',
        'Whether the region is on: aws account get-region-opt-status --region-name us-east-1',
        again,
      ],
    }),
  ],
  // IAM's denials and those of the data lake bear the same code.
  [
    ({ message }) => /Lake Formation permission/i.test(message),
    (trouble) => ({ ...explainRefusal(trouble), kind: 'denied' }),
  ],
  [garbled, explainGarbled],
  [ofOffer, explainOffer],
  [denied, ({ error, message }) => explainDenial(error.$call, message)],
  [
    throttled,
    ({ call }) => ({
      text: `AWS asked to slow down, and still did after several tries${call}.`,
      advice: ['Wait a minute. How the connection stands: spot-cur status', again],
    }),
  ],
  [distrusted, explainDistrust],
  [ofProxy, explainProxy],
  [network, explainNetwork],
  // What never was answered is no refusal: the SDK marks every error that passes through it.
  [({ error }) => error.$metadata?.httpStatusCode !== undefined, explainRefusal],
];

/**
 * Turns what an AWS call threw into a Problem: what happened, why, what to type next. A Problem stays as it is.
 * @returns undefined for what did not come from AWS or the way there: that is a bug of ours
 */
export const explain = (thrown: unknown, context?: ExplainContext): Problem | undefined => {
  if (thrown instanceof Problem || !(thrown instanceof Error)) return thrown instanceof Problem ? thrown : undefined;
  const trouble = troubleIn(thrown as SdkError, context);
  const [, make] = explanations.find(([kind]) => kind(trouble)) ?? [];
  if (!make) return undefined;
  const { text, advice, kind } = make(trouble);
  return new Problem(text, advice, kind, printable(trouble.error.$metadata?.requestId ?? '') || undefined);
};

/**
 * True when AWS has said no, so that nothing came of the call. A server's trouble, an answer that can't be read and none at all leave
 * that open, and so does a refusal after an attempt of the same call that got none.
 */
export const isRefusal = (thrown: unknown): boolean => {
  const { $metadata, $unanswered = false } = thrown as SdkError;
  const status = $metadata?.httpStatusCode ?? 0;
  return !$unanswered && (throttled(troubleIn(thrown as SdkError)) || (status >= 400 && status < 500));
};

/** Why a call is made again, as the beginning of a sentence. */
export const reasonToRepeat = (thrown: unknown): string => {
  const trouble = troubleIn(thrown as SdkError);
  if (throttled(trouble)) return 'AWS asks to slow down';
  const status = trouble.error.$metadata?.httpStatusCode;
  if (status !== undefined) return `AWS answers with HTTP status ${status}`;
  const [silence] = /^no answer within .*/.exec(trouble.message) ?? [];
  return silence
    ? `AWS gave ${silence}`
    : `AWS gave no answer: ${trouble.message || trouble.error.code || trouble.code}`;
};

/** True for a call whose signature was too old or too new: nothing came of it. */
export const isSkewed = (thrown: unknown): boolean => thrown instanceof Error && skewed(troubleIn(thrown as SdkError));

/** How a call failed whose credentials are no session: it has ended, or none could be had. */
export const isOfNoSession = (thrown: unknown): thrown is Error => kindOfNoSession(thrown) !== undefined;

/** Whether a session has ended, or there were no credentials to begin with. */
export const kindOfNoSession = (thrown: unknown): 'ended' | 'absent' | undefined => {
  if (!(thrown instanceof Error) || thrown instanceof Problem) return undefined;
  const trouble = troubleIn(thrown as SdkError);
  if (skewed(trouble)) return undefined;
  if (expired(trouble)) return 'ended';
  return absent(trouble) ? 'absent' : undefined;
};
