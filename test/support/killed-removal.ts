import { expect } from 'vitest';
import type { Fault } from '../../src/simulator/fault.ts';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
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

export const killableRemoval = async (deleteData: boolean): Promise<KillableRemoval> => {
  const removal = { confirm: 'acme', deleteData };
  const from = await standing();

  const deeds: string[] = [];
  const undisturbed = rehearse(undefined, { from, ...noted(deeds) });
  const { exitCode, screen } = await undisturbed.run.remove(removal);
  expect(exitCode, screen).toBe(0);
  const calls = undisturbed.world.calls.slice(from.world.calls.length);
  const expected = comparableWorld(undisturbed.world);
  let call = 0;
  const kinds = deeds.map((deed) => (deed === 'call' ? (calls[call++]?.mutating ? 'write' : 'look') : deed));
  const sidesOf = (kind: string): readonly Death[] =>
    kinds.flatMap((each, index) =>
      each === kind ? (['before', 'after'] as const).map((when) => ({ at: index + 1, when })) : [],
    );

  const finished = async (story: Rehearsal, told: unknown, run: Run | undefined): Promise<void> => {
    expect([told, run?.exitCode], run?.screen).toEqual([told, 0]);
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
      const { live, requests, session } = mortal(death);
      const story = rehearse(undefined, { from, requests, session });
      expect(await live(() => story.run.remove(removal)), JSON.stringify(death)).toBeUndefined();
      await finished(story, death, await live(() => story.run.remove(removal)));
    },
    operations: [
      ...new Set(calls.filter(({ mutating }) => mutating).map((each) => `${each.service}:${each.operation}`)),
    ],
    async troubledBy(fault) {
      const story = rehearse(undefined, { from });
      story.world.faults.push(fault);
      let run = await story.run.remove(removal);
      for (let round = 0; round < 4 && run.exitCode !== 0; round += 1) {
        story.advance(0.1);
        run = await story.run.remove(removal);
      }
      await finished(story, fault, run);
    },
  };
};
