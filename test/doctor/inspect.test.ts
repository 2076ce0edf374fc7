import { expect, test } from 'vitest';
import { inspect } from '../../src/doctor/inspect.ts';
import type { Looks, Sight } from '../../src/doctor/looks.ts';
import type { Subject } from '../../src/doctor/subject.ts';

const account = '111122223333';
const subject: Subject = {
  customer: 'acme',
  saved: false,
  caller: { account, arn: `arn:aws:iam::${account}:user/engineer` },
  answers: {},
  notes: {},
  provenance: {},
  renews: false,
  renewal: [],
  region: undefined,
};
const unseen = (reason: string): Sight<never> => ({ known: false, reason, denied: false });

test('a name that others went on without is told by what came of it in the end', async () => {
  const looks: Looks = {
    look: async () => unseen('AWS asked to slow down.'),
    soon: async () => unseen('AWS took too long to answer.'),
  };
  const { naming, names, standing } = await inspect(looks, subject, { now: 0, expiry: async () => undefined });
  expect(naming).toEqual(unseen('AWS asked to slow down.'));
  expect({ settled: names.settled, standing }).toEqual({ settled: false, standing: undefined });
});
