import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { Problem } from '../../src/errors.ts';
import type { LockFacts } from '../../src/state/lock.ts';
import type { State } from '../../src/state/state.ts';

/** A connection half-way, never saved. */
export const acme: State = {
  version: 1,
  lineage: '6f1c2c1e-7a44-4f1d-9d5e-0f2b7f0c1a11',
  serial: 0,
  customer: 'acme',
  endpoint: 'aws',
  account: '012345678901',
  access: { profile: 'acme-admin' },
  answers: { bucket: 'spotinst-cur-report', 'spot-org-id': ['123456', '654321'], param: { Key: 'Wert für „Spot“' } },
  provenance: {
    bucket: { origin: 'created', id: 'spotinst-cur-report', at: '2026-03-01T09:00:00.000Z' },
  },
  notes: { sentAt: '2026-03-02T09:00:00Z' },
  journal: [
    {
      token: 'create-bucket-1',
      change: 'bucket.create',
      summary: 'Create the bucket',
      who: 'arn:aws:sts::012345678901:assumed-role/Admin/me',
      tool: 'spot-cur 0.1.0',
      began: '2026-03-01T09:00:00.000Z',
      ended: '2026-03-01T09:00:01.000Z',
      outcome: 'done',
      requestId: 'ABC',
    },
  ],
};

export const facts: LockFacts = {
  pid: process.pid,
  host: 'laptop',
  owner: 'jo',
  now: Date.now,
  sleep: (ms) => setTimeout(ms),
  when: (time) => new Date(time).toISOString(),
};

/** The Problem that a promise or function ends in; anything else fails the test. */
export const problemOf = async (work: () => unknown): Promise<Problem> => {
  const outcome = await Promise.resolve()
    .then(work)
    .then(
      () => 'nothing was refused',
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(Problem);
  return outcome as Problem;
};
