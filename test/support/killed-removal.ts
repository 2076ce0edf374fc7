import { expect } from 'vitest';
import type { Fault } from '../../src/simulator/fault.ts';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import type { World } from '../../src/simulator/world.ts';
import { comparableWorld } from '../torture/comparable-world.ts';
import { type Death, mortal } from '../torture/mortal.ts';
import { acme, type Hands, type Moment, type Rehearsal, type Run, reach, rehearse } from './rehearsal.ts';

const bucketName = 'spotinst-cur-report';

/** A statement of somebody else's. */
export const theirStatement = {
  Sid: 'Theirs',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${acme}:role/Analyst` },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucketName}/*`,
};

/** A notification of somebody else's. */
export const theirNotification = `<QueueConfiguration><Id>theirs</Id><Queue>arn:aws:sqs:us-east-1:${acme}:others</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration>`;

/** What keeps the crawler stack from being deleted, once. */
export const stuckRole = {
  logicalId: 'AWSCURCrawlerComponentFunction',
  reason: 'Cannot delete entity, must detach all policies first. (Service: Iam, Status Code: 409)',
  status: 'DELETE_FAILED',
} as const;

/** The bucket of the procedure, in which others have come to have a statement and a notification. */
export const sharedBucket = ({ world }: Pick<Rehearsal, 'world'>) => {
  const bucket = bucketNamed(world, bucketName);
  if (!bucket) throw new Error('There is no bucket.');
  const policy = JSON.parse(bucket.policy ?? '{}');
  bucket.policy = JSON.stringify({ ...policy, Statement: [theirStatement, ...policy.Statement] });
  bucket.notifications = `${bucket.notifications}${theirNotification}`;
  return bucket;
};

/** Where a removal is killed. */
export interface Scenery {
  arrange(): Promise<Moment>;
  /** How many runs it takes where none is killed. */
  readonly runs: number;
  /** What is done once it is finished. */
  then?(story: Rehearsal): Promise<void>;
  /** What of the world has to be at the end as it was in the beginning. */
  kept(world: World): unknown;
}

/** A connection that stands, in a bucket with all that a bucket can have. */
const standing = async (): Promise<Moment> => {
  const story = rehearse();
  await reach(story, 'ready');
  const bucket = sharedBucket(story);
  bucket.versioning = 'Enabled';
  writeObject(bucket, `spotinst_eco/${bucketName}/crawler-cfn.yml`, 'anew', { now: story.simulator.clock.now() });
  bucket.uploads = [{ key: `spotinst_eco/${bucketName}/half`, uploadId: 'begun', initiated: 0 }];
  return story.moment();
};

const alone: Scenery = {
  arrange: standing,
  runs: 1,
  kept(world) {
    const bucket = bucketNamed(world, bucketName);
    return !bucket || (bucket.policy?.includes('Theirs') && bucket.notifications?.includes('theirs'));
  },
};

/** Notes each deed of a run that `mortal` counts, by what it is: a call to AWS, a save or another write to the disk, or none of both. */
const noted = (deeds: string[]): Pick<Hands, 'requests' | 'session'> => {
  const note =
    <Given extends readonly unknown[], T>(what: string, deed: (...given: Given) => Promise<T>) =>
    (...given: Given): Promise<T> => {
      deeds.push(what);
      return deed(...given);
    };
  return {
    requests: ({ handle }) => ({ handle: note('call', handle) }),
    session: ({ store, outbox, clock, ...session }) => ({
      ...session,
      store: {
        ...store,
        save: note('save', store.save),
        lock: async (...given) => ({ release: note('release', (await store.lock(...given)).release) }),
      },
      outbox: { ...outbox, write: note('save', outbox.write), keep: note('save', outbox.keep) },
      clock: { ...clock, sleep: note('sleep', clock.sleep) },
    }),
  };
};

/** Where a removal can be killed, and what each kill has to come to once the same command has run again. */
export interface KillableRemoval {
  /** Both sides of each call that writes. */
  readonly writes: readonly Death[];
  /** Both sides of each save. */
  readonly saves: readonly Death[];
  /** Both sides of each call that only looks. */
  readonly looks: readonly Death[];
  /** Kills there, runs the same command again, and compares. @throws what does not hold */
  killedAt(death: Death): Promise<void>;
  /** What it asks of AWS that writes, each once, as service:Operation. */
  readonly operations: readonly string[];
  /** The same with trouble at the wire. */
  troubledBy(fault: Fault): Promise<void>;
}

export const killableRemoval = async (
  deleteData: boolean,
  { arrange, runs, then = async () => {}, kept }: Scenery = alone,
): Promise<KillableRemoval> => {
  const removal = { confirm: 'acme', deleteData };
  const from = await arrange();

  const deeds: string[] = [];
  const undisturbed = rehearse(undefined, { from, ...noted(deeds) });
  /** The same command so many times, unless it gets through before. */
  const removed = async (
    story: Rehearsal,
    times: number,
    live: <T>(run: () => Promise<T>) => Promise<T | undefined>,
  ) => {
    let run: Run | undefined;
    for (let round = 0; round < times && run?.exitCode !== 0; round += 1) {
      if (run) story.advance(0.1);
      run = await live(() => story.run.remove(removal));
    }
    return run;
  };
  const { exitCode, screen } = (await removed(undisturbed, runs, (run) => run())) ?? {};
  expect(exitCode, screen).toBe(0);
  const calls = undisturbed.world.calls.slice(from.world.calls.length);
  let call = 0;
  const kinds = deeds.map((deed) => (deed === 'call' ? (calls[call++]?.mutating ? 'write' : 'look') : deed));
  const sidesOf = (kind: string): readonly Death[] =>
    kinds.flatMap((each, index) =>
      each === kind ? (['before', 'after'] as const).map((when) => ({ at: index + 1, when })) : [],
    );

  await then(undisturbed);
  expect(kept(undisturbed.world)).toEqual(kept(from.world));
  const expected = comparableWorld(undisturbed.world);

  const finished = async (story: Rehearsal, told: unknown, run: Run | undefined): Promise<void> => {
    expect([told, run?.exitCode], run?.screen).toEqual([told, 0]);
    await then(story);
    expect([told, kept(story.world)]).toEqual([told, kept(from.world)]);
    expect([told, comparableWorld(story.world)]).toEqual([told, expected]);
    const state = await story.state();
    const open = (state?.journal ?? []).filter(({ outcome }) => outcome === undefined).map(({ change }) => change);
    expect([told, open, state?.notes.removed]).toEqual([told, [], expect.any(String)]);
  };

  return {
    writes: sidesOf('write'),
    saves: sidesOf('save'),
    looks: sidesOf('look'),
    async killedAt(death) {
      const { live, died, requests, session } = mortal(death);
      const story = rehearse(undefined, { from, requests, session });
      const run = await removed(story, runs + 1, live);
      expect(died(), JSON.stringify(death)).toBe(true);
      await live(() => finished(story, death, run));
    },
    operations: [
      ...new Set(calls.filter(({ mutating }) => mutating).map((each) => `${each.service}:${each.operation}`)),
    ],
    async troubledBy(fault) {
      const story = rehearse(undefined, { from });
      story.world.faults.push(fault);
      await finished(story, fault, await removed(story, runs + 4, (run) => run()));
    },
  };
};
