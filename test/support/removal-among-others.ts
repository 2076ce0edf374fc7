import { expect } from 'vitest';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import type { World } from '../../src/simulator/world.ts';
import { comparableWorld } from '../torture/comparable-world.ts';
import type { Scenery } from './killed-removal.ts';
import { acme, known, type Moment, type Rehearsal, rehearse } from './rehearsal.ts';

const sibling = 'sibling-cur';

/**
 * A connection that has found all but its extractor, whose stack can't be deleted at first. Beside it, another one of the same account,
 * whose report somebody has changed and into whose bucket a report of somebody else's is delivered as well.
 */
const arrange = async (): Promise<Moment> => {
  const story = rehearse('crawler-scheduled-otherwise');
  const { run, advance } = story;
  await run.setup({ yes: true, flags: known });
  await run.resume({ yes: true });
  await run.resume({ yes: true, sent: true });
  advance(49);
  const { exitCode, screen } = await run.resume({ yes: true, flags: { link: story.link() } });
  expect(exitCode, screen).toBe(0);
  story.account().stackFaults = [{ logicalId: 'ExtractorRole', reason: 'It is in use.', status: 'DELETE_FAILED' }];

  await run.setup({ customer: 'sibling', yes: true, flags: { ...known, 'report-name': sibling, bucket: sibling } });
  const report = story.account().reports.find(({ definition }) => definition.ReportName === sibling);
  Object.assign(report?.definition ?? {}, { AdditionalSchemaElements: ['RESOURCES', 'SPLIT_COST_ALLOCATION_DATA'] });
  story.stage().report({ ReportName: 'finops', S3Bucket: sibling, S3Prefix: 'spotinst_eco' }, 0);
  const bucket = bucketNamed(story.world, sibling);
  for (const name of [sibling, 'finops'])
    if (bucket) writeObject(bucket, `spotinst_eco/${name}/rows.parquet`, 'rows', { now: story.simulator.clock.now() });
  return story.moment();
};

/** The other one is taken back as well, of which nothing goes. */
const then = async ({ run }: Rehearsal): Promise<void> => {
  const { exitCode, screen } = await run.remove({ customer: 'sibling', confirm: 'sibling', deleteData: true });
  expect(exitCode, screen).toBe(0);
};

/** All but the extractor's stack, and the schedule of the crawler. */
const kept = (world: World): unknown => {
  const { accounts, buckets } = comparableWorld(world) as Pick<World, 'accounts' | 'buckets'>;
  const { reports, stacks, crawlers, databases } = accounts[acme] ?? {};
  return {
    buckets,
    reports,
    databases,
    crawlers: crawlers?.map(({ name }) => name),
    stacks: stacks?.filter(({ name }) => name !== 'SpotExtractor'),
  };
};

export const amongOthers: Scenery = { arrange, runs: 2, then, kept };
