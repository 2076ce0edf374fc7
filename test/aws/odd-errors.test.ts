import { expect, test } from 'vitest';
import { explain, isOfNoSession, isSkewed } from '../../src/aws/explain.ts';
import { Cancelled, Problem } from '../../src/errors.ts';

const from = (facts: object): Error => Object.assign(new Error('m'), facts);
const answered = { $metadata: { httpStatusCode: 400 } };
const circular: Error & { cause?: unknown } = new Error('round and round');
circular.cause = circular;

test.each<[string, unknown]>([
  ['a text', 'thrown'],
  ['nothing', undefined],
  ['null', null],
  ['a number', 3],
  ['an object that is no error', { name: 'ExpiredToken', message: 'expired' }],
  ['a circle', circular],
  ['a frozen error', Object.freeze(new Error('f'))],
  ['several errors of which nothing is known', new AggregateError([new Error('a')])],
  ['somebody who leaves', new Cancelled()],
  ['a bug that passed through the SDK', from({ name: 'TypeError', $metadata: { attempts: 1, totalRetryDelay: 0 } })],
])('%s is no trouble with AWS', (_, thrown) => {
  expect(explain(thrown)).toBeUndefined();
  expect(isOfNoSession(thrown)).toBe(false);
  expect(isSkewed(thrown)).toBe(false);
});

test.each<[string, object, RegExp]>([
  ['no words', { message: undefined, ...answered }, /refused the request: HTTP status 400$/],
  ['words that are none', { message: 42, ...answered }, /refused the request: 42$/],
  ['a name that is none', { name: 42, ...answered }, /refused the request: 42: m$/],
  ['a call that failed at each address', { code: 'ECONNREFUSED', message: '' }, /can't be reached: ECONNREFUSED/],
])('an error with %s is explained', (_, facts, text) => expect(explain(from(facts))?.message).toMatch(text));

test('escapes are gone from all that AWS says', () => {
  const evil = (text: string) => `${text}\u001b]0;x\u0007\u001b[31m\u202e`;
  const errors = ['AccessDenied', 'ExpiredToken', 'Throttling', 'OptInRequired', 'NoSuchBucket', 'Whatever'].map(
    (name) =>
      from({
        name: evil(name),
        message: evil('not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b'),
        $metadata: { httpStatusCode: 403, requestId: evil('id') },
        $call: { action: evil('s3:GetObject'), resource: evil('arn:aws:s3:::b') },
      }),
  );
  for (const error of errors) {
    const problem = explain(error);
    expect(problem).toBeInstanceOf(Problem);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are looked for
    expect([problem?.message, problem?.requestId, ...(problem?.advice ?? [])].join('\n')).not.toMatch(/[\u001b\u202e]/);
  }
});

test('what is to be pasted into a shell is one word of it', () => {
  const message = 'You are not authorized. Encoded authorization failure message: abc$(id);x';
  const { advice = [], message: text } = explain(from({ name: 'UnauthorizedOperation', message, ...answered })) ?? {};
  expect(advice[0]).toBe("What stands against it: aws sts decode-authorization-message --encoded-message 'abc$(id);x'");
  // Nobody knows which call it was, so there is no statement to add.
  expect(text).toContain('AWS denied a call.');
  expect(advice.join()).not.toContain('Effect');
});
