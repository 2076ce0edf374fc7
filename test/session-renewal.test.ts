import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { type Requests, supervised } from '../src/aws/requests.ts';
import { Cancelled, Problem } from '../src/errors.ts';
import { interrupt } from '../src/interrupt.ts';
import { connectLasting } from '../src/session-renewal.ts';
import { ctrlC, type Script, scriptedTerminal } from './support/scripted-terminal.ts';

const acme = '111122223333';
const other = '444455556666';

/** An account to answer with, a refusal, or no answer at all. */
type Answer = string | readonly [code: string, message: string] | 'silence';
const expired: Answer = ['ExpiredToken', 'The security token included in the request is expired'];
const mistyped: Answer = ['InvalidClientTokenId', 'The security token included in the request is invalid.'];

/** STS that answers each question of who asks with the next answer. */
const sts = (answers: readonly Answer[]) => {
  const left = [...answers];
  let silent = () => {};
  const silence = new Promise<void>((resolve) => {
    silent = resolve;
  });
  const requests: Requests = {
    async handle() {
      const answer = left.shift();
      if (answer === undefined) throw new Error('Nobody was expected to ask.');
      if (answer === 'silence') {
        silent();
        return new Promise<never>(() => {});
      }
      const [statusCode, text] =
        typeof answer === 'string'
          ? [
              200,
              `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${answer}</Account><Arn>arn:aws:iam::${answer}:user/x</Arn><UserId>x</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
            ]
          : [
              403,
              `<ErrorResponse><Error><Code>${answer[0]}</Code><Message>${answer[1]}</Message></Error></ErrorResponse>`,
            ];
      return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(text)]) } } as never;
    },
  };
  return { requests, silence, left };
};

const line = (answers: readonly Answer[], says?: Script) => {
  const { requests, silence, left } = sts(answers);
  const interrupted = interrupt();
  const terminal = scriptedTerminal(says);
  const aws = connectLasting(
    { terminal, interrupt: interrupted },
    {
      credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }),
      endpoints: {},
      requests: supervised(requests, { heard: () => {}, interrupt: interrupted }),
      way: { profile: 'acme', origin: { kind: 'keys', profile: 'acme', temporary: true } },
      attended: true,
      anew: () => {},
    },
  );
  return { whoAmI: () => aws.identity.whoAmI(), silence, left, interrupted, terminal };
};

test('keys that were mistyped while renewing are asked for again', async () => {
  const { whoAmI, terminal } = line([acme, expired, expired, mistyped, acme, acme], { renewed: ['', ''] });
  await whoAmI();
  expect(await whoAmI()).toMatchObject({ account: acme });
  expect(terminal.transcript().replace(/\s+/g, ' ')).toMatch(
    /! The AWS session has expired.*Press Enter.*! AWS does not accept these credentials.*Press Enter.*✔ Signed in/,
  );
  terminal.close();
});

test('with those of another account nothing is asked any more', async () => {
  const { whoAmI, left } = line([acme, expired, expired, other, other], { renewed: '' });
  await whoAmI();
  for (const _ of ['the call itself', 'whoever asks later'])
    await expect(whoAmI()).rejects.toMatchObject({ code: 'wrong-account' });
  expect(left).toEqual([other]);
});

test('an account that changes without anybody being asked is found out as well', async () => {
  const { whoAmI, left } = line([acme, expired, other, other]);
  await whoAmI();
  await expect(whoAmI()).rejects.toMatchObject({ code: 'wrong-account' });
  expect(left).toEqual([other]);
});

test.each([
  ['at the question', { renewed: ctrlC }, [acme, expired, expired]],
  ['while it is looked whether that helped', { renewed: '' }, [acme, expired, expired, 'silence']],
  ['while it is looked whether it renews itself', undefined, [acme, expired, 'silence']],
] as const)(
  'Ctrl-C in the middle of a write, %s: leaves at once, and the call is known to be refused',
  async (...given) => {
    const [, says, answers] = given;
    const { whoAmI, silence, interrupted } = line(answers, says);
    await whoAmI();
    const leaving = interrupted.shield(whoAmI).catch((thrown) => thrown);
    if (answers.at(-1) === 'silence') {
      await silence;
      interrupted.raise();
    }
    const left = await leaving;
    expect(left).toBeInstanceOf(Cancelled);
    expect(left.cause).toBeInstanceOf(Problem);
  },
);
