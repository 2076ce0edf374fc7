import { expect, test } from 'vitest';
import { Problem } from '../../src/errors.ts';
import type { Session } from '../../src/session.ts';
import type { State } from '../../src/state/state.ts';
import { known, rehearse } from '../support/rehearsal.ts';

/** A disk that takes so many saves and then none. */
const diskFor = (saves: number) => {
  let left = saves;
  let kept: State | undefined;
  const session = (given: Session): Session => ({
    ...given,
    store: {
      ...given.store,
      async save(state) {
        if (left === 0) throw new Problem('The disk is full.', ['Make room.'], 'state');
        left -= 1;
        kept = await given.store.save(state);
        return kept;
      },
    },
  });
  return { session, kept: () => kept, full: () => left === 0 };
};

/** The calls of a setup that write, by what the journal has to hold before. */
const intents: Readonly<Record<string, string>> = {
  's3:CreateBucket': 'bucket:spotinst-cur-report',
  's3:PutPublicAccessBlock': 'public-access-block:spotinst-cur-report',
  's3:PutBucketPolicy': 'bucket-policy:spotinst-cur-report',
  'cur:PutReportDefinition': 'report:spotinst-cur-report',
};

test('no write starts when its intent could not be saved, whichever save is the first that fails', async () => {
  let tried = 0;
  for (let saves = 0; ; saves += 1) {
    const disk = diskFor(saves);
    const rehearsal = rehearse(undefined, { session: disk.session });
    const { exitCode, writes } = await rehearsal.run.setup({ yes: true, flags: known });
    const saved = disk.kept()?.journal.map(({ change }) => change) ?? [];
    expect(writes.map((write) => intents[write])).toEqual(saved);
    if (!disk.full()) break;
    tried += 1;
    if (exitCode === 0) continue;
    expect(exitCode).toBe(1);
    // With room again, the journal's last entry is settled by what stands.
    const { world, now, states, messages } = rehearsal.moment();
    const later = rehearse(undefined, { from: { world, now, states, messages } });
    expect((await later.run.setup({ yes: true, flags: known })).exitCode).toBe(0);
    const { journal = [], provenance = {} } = (await later.state()) ?? {};
    expect(journal.filter(({ outcome }) => outcome === undefined)).toEqual([]);
    expect(Object.values(provenance).every(({ origin }) => origin === 'created')).toBe(true);
  }
  expect(tried, 'each write is preceded and followed by a save').toBeGreaterThan(8);
});
