import { describe, expect, test } from 'vitest';
import { rights } from '../../../src/simulator/scenes/rights.ts';

import { known, type Rehearsal, type Run, reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

/** The run that meets the trouble; its screen is the scene's. */
const met = async (scene: string, walk: (story: Rehearsal) => Promise<Run>) => {
  const story = rehearse(scene);
  const run = await walk(story);
  const screen = run.screen.replace(/-[A-Z0-9]{12}\b/g, '-<random>');
  await shows(scene, screen);
  return { story, ...run, oneLine: run.screen.replace(/\s+/g, ' ') };
};

/** The same run again, once somebody has done what the screen says. */
const mended = async ({ story }: { story: Rehearsal }, walk: (story: Rehearsal) => Promise<Run>) => {
  story.mend();
  return walk(story);
};

const first = ({ run }: Rehearsal) => run.setup({ yes: true, flags: known });

/** Once the report is delivered. */
const crawler = async (story: Rehearsal) => {
  if (!(await story.state())) {
    await reach(story, 'waiting');
    story.advance(24);
  }
  return story.run.resume({ yes: true });
};

/** Once Spot has sent the link. */
const extractor = async (story: Rehearsal) => {
  if (!(await story.state())) {
    await reach(story, 'waiting-for-link');
    story.advance(49);
  }
  return story.run.resume({ yes: true, flags: { link: story.link() } });
};

const bucket = 'arn:aws:s3:::spotinst-cur-report';
const stack = (name: string) => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/*`;
const statement = (action: string, resource: string) =>
  JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });

describe('a right that the role lacks', () => {
  test.each([
    ['create-bucket-denied', first, 's3:CreateBucket', bucket, []],
    [
      'put-report-denied',
      first,
      'cur:PutReportDefinition',
      'arn:aws:cur:us-east-1:111122223333:definition/spotinst-cur-report',
      ['s3:CreateBucket', 's3:PutPublicAccessBlock', 's3:PutBucketPolicy'],
    ],
    ['bucket-unreadable', first, 's3:GetBucketPolicy', bucket, []],
    ['stacks-unreadable', crawler, 'cloudformation:DescribeStacks', stack('SpotEcoStack'), []],
    ['change-set-denied', extractor, 'cloudformation:CreateChangeSet', stack('SpotExtractor'), []],
  ] as const)('%s: named with its resource and the statement to add', async (scene, walk, action, resource, done) => {
    const run = await met(scene, walk);
    expect(run.exitCode).toBe(5);
    expect(run.oneLine).toContain(`AWS denied ${action} on ${resource}. No identity-based policy allows it.`);
    expect(run.screen.replace(/\s+/g, '')).toContain(statement(action, resource));
    expect(run.writes.filter((call) => done.every((each) => each !== call) && call !== action)).toEqual([]);
    expect((await mended(run, walk)).exitCode).toBe(0);
  });
});

describe('a policy that is in the way', () => {
  test.each([
    ['boundary', crawler, 'cloudformation:CreateStack', 'No permissions boundary allows it.'],
    ['explicit-deny', first, 's3:PutBucketPolicy', 'An identity-based policy denies it explicitly.'],
    ['bucket-policy-locked', first, 's3:PutBucketPolicy', 'A resource-based policy denies it explicitly.'],
    ['session-policy', crawler, 'glue:UpdateCrawlerSchedule', 'No session policy allows it.'],
  ] as const)('%s: named by its kind', async (scene, walk, action, why) => {
    const run = await met(scene, walk);
    expect(run.exitCode).toBe(5);
    expect(run.oneLine).toContain(`AWS denied ${action} on`);
    expect(run.oneLine).toContain(why);
    expect((await mended(run, walk)).exitCode).toBe(0);
  });

  test('billing-access-off: the root user is named, as IAM can allow what it wants', async () => {
    const run = await met('billing-access-off', first);
    expect(run.exitCode).toBe(5);
    expect(run.writes).toEqual([]);
    expect(run.oneLine).toContain('AWS denied cur:DescribeReportDefinitions');
    expect(run.oneLine).toContain('the root user has to activate "IAM user and role access to Billing information"');
    expect((await mended(run, first)).exitCode).toBe(0);
  });
});

describe('a right that CloudFormation lacks in the name of the role', () => {
  test('create-role-denied: the first cause and the statement are shown, and nothing is left', async () => {
    const run = await met('create-role-denied', crawler);
    expect(run.exitCode).not.toBe(0);
    expect(run.oneLine).toContain('iam:CreateRole');
    expect(run.story.account().functions).toEqual([]);
    expect((await mended(run, crawler)).exitCode).toBe(0);
  });

  test('roll-back-denied: what could not be taken back is named, and goes once it may', async () => {
    const run = await met('roll-back-denied', crawler);
    expect(run.exitCode).not.toBe(0);
    expect((await mended(run, crawler)).exitCode).toBe(0);
  });
});

describe('a role that is enough for less', () => {
  test('read-only-role: it can look, and setup stops before it has written anything', async () => {
    const run = await met('read-only-role', first);
    expect(run.exitCode).not.toBe(0);
    expect(run.story.world.buckets['spotinst-cur-report']).toBeUndefined();
    expect((await mended(run, first)).exitCode).toBe(0);
  });

  test('crawler-file-unreadable: not being able to tell is not the same as not delivered', async () => {
    const run = await met('crawler-file-unreadable', first);
    expect(run.exitCode).toBe(1);
    expect(run.oneLine).toContain("Whether the report has been delivered can't be told: AWS denied s3:GetObject on");
    const again = await mended(run, crawler);
    expect(again.exitCode).toBe(0);
    expect(again.screen).not.toContain('denied');
  });

  test('simulate-denied: the doctor says that it could not look, and setup goes on', async () => {
    const story = rehearse('simulate-denied');
    const looked = await story.run.doctor({ customer: undefined });
    await shows('simulate-denied', looked.screen);
    expect(looked.exitCode).toBe(0);
    expect((await first(story)).exitCode).toBe(0);
  });
});

tells(rights);
