import { describe, expect, test } from 'vitest';
import { renewing } from '../../src/aws/renewing.ts';
import { Cancelled } from '../../src/errors.ts';

const expired = () =>
  Object.assign(new Error('The security token is expired'), { name: 'ExpiredToken', $metadata: {} });

/** A session that ended, and the hand that renews it. */
const ended = (answers: readonly (boolean | Error)[]) => {
  const left = [...answers];
  const renewals: boolean[] = [];
  let good = false;
  const lasting = renewing(async (_, again) => {
    renewals.push(again);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = left.shift() ?? false;
    if (answer instanceof Error) throw answer;
    good = answer;
    return answer;
  });
  let calls = 0;
  const call = () =>
    lasting(async () => {
      calls += 1;
      if (!good) throw expired();
      return 'done';
    });
  return {
    call,
    renewals,
    calls: () => calls,
    endAgain: () => {
      good = false;
    },
  };
};

describe('calls whose session has ended', () => {
  test('are helped together by one renewal', async () => {
    const { call, renewals, calls } = ended([true]);
    expect(await Promise.all([call(), call(), call()])).toEqual(['done', 'done', 'done']);
    expect(renewals).toEqual([false]);
    expect(calls()).toBe(6);
  });

  test('are helped each time that one ends', async () => {
    const { call, renewals, endAgain } = ended([true, true]);
    await call();
    endAgain();
    expect(await call()).toBe('done');
    expect(renewals).toEqual([false, false]);
  });

  test('fail as they did where there is no way on', async () => {
    const { call, renewals } = ended([]);
    await expect(call()).rejects.toThrow('expired');
    expect(renewals).toEqual([false]);
  });

  test('say when the new session is none either', async () => {
    let renewed = 0;
    const seen: boolean[] = [];
    const lasting = renewing(async (_, again) => {
      seen.push(again);
      renewed += 1;
      return true;
    });
    expect(
      await lasting(async () => {
        if (renewed < 2) throw expired();
        return 'done';
      }),
    ).toBe('done');
    expect(seen).toEqual([false, true]);
  });

  test('ask nobody again who has left', async () => {
    const { call, renewals } = ended([new Cancelled(), true]);
    await expect(call()).rejects.toThrow(Cancelled);
    await expect(call()).rejects.toThrow(Cancelled);
    expect(renewals).toEqual([false]);
  });
});

test.each([
  ['a refusal', Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })],
  ['a bug', new TypeError('x is undefined')],
  [
    'a clock that is off',
    Object.assign(new Error('Signature expired: x'), { name: 'InvalidSignatureException', $metadata: {} }),
  ],
])('%s is no session that ended', async (_, error) => {
  const lasting = renewing(async () => {
    throw new Error('nobody was to be asked');
  });
  await expect(lasting(() => Promise.reject(error))).rejects.toBe(error);
});

test('without a hand that renews, calls fail as they did', async () => {
  await expect(renewing(undefined)(() => Promise.reject(expired()))).rejects.toThrow('expired');
});
