import { beforeEach, expect, test } from 'vitest';
import { patience } from '../src/patience.ts';
import { style } from '../src/terminal/style.ts';

let said: string[] = [];
let ahead = 0;
let now = 0;
beforeEach(() => {
  said = [];
  ahead = 0;
  now = 1_000_000;
});
const waiting = () =>
  patience(
    { say: (text) => void said.push(text), style: style(false), columns: 120 },
    { now: () => now, ahead: () => ahead },
    async () => {},
  );
const repetition = (error: object, taken = 1_000) => ({
  call: 's3:CreateBucket',
  attempt: 2,
  of: 3,
  error: Object.assign(new Error(), error),
  taken,
});

test.each<[object, string]>([
  [{ name: 'SlowDown', $metadata: { httpStatusCode: 503 } }, 'AWS asks to slow down'],
  [{ name: 'InternalError', $metadata: { httpStatusCode: 500 } }, 'AWS answers with HTTP status 500'],
  [{ code: 'ECONNRESET', message: 'socket hang up' }, 'AWS gave no answer: socket hang up'],
  [
    {
      name: 'TimeoutError',
      message: '@smithy/node-http-handler - [ERROR] a request has exceeded the configured 60000 ms',
    },
    'AWS gave no answer within 60 seconds',
  ],
])('after %o it says so', (error, reason) => {
  waiting().again(repetition(error));
  expect(said).toEqual([`… ${reason} (s3:CreateBucket); asking again, 2 of 3 times.`]);
});

test('what is over within a second is not told', () => {
  waiting().again(repetition({ code: 'ECONNRESET' }, 999));
  expect(said).toEqual([]);
});

test("time is this machine's: what AWS's answers tell of theirs does not count", () => {
  const { now: time } = waiting();
  const began = time();
  ahead = 3_600_000;
  now += 3_600_000 + 20;
  expect(time() - began).toBe(20);
});
