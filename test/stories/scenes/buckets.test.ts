import { describe, expect, test } from 'vitest';
import { buckets } from '../../../src/simulator/scenes/buckets.ts';

import { known, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const name = 'spotinst-cur-report';
const fallback = `${name}-111122223333`;
const created = ['s3:CreateBucket', 's3:PutPublicAccessBlock', 's3:PutBucketPolicy', 'cur:PutReportDefinition'];
const merged = created.slice(2);
const made = created.slice(3);

/** The first walk, unattended; its screen is the scene's. */
const walked = async (scene: string) => {
  const story = rehearse(scene);
  const before = structuredClone(story.world.buckets[name]);
  const run = await story.run.setup({ yes: true, flags: known });
  await shows(scene, run.screen);
  return { story, before, ...run };
};

const statementsOf = (policy: string | undefined) => JSON.parse(policy ?? '{}').Statement ?? [];

describe('what is ours is used as it is', () => {
  test.each([
    ['bucket-ours', merged],
    ['bucket-open', merged],
    ['bucket-object-writer', merged],
    ['policy-foreign', merged],
    ['policy-wrong-region', merged],
    ['policy-tls-only', merged],
    ['policy-perimeter', merged],
    ['policy-console-form', made],
  ])('%s', async (scene, expected) => {
    const { story, before, exitCode, writes } = await walked(scene);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: expected });
    const bucket = story.world.buckets[name];
    expect(bucket?.publicAccessBlock).toEqual(before?.publicAccessBlock);
    expect(bucket?.ownership).toEqual(before?.ownership);
    // What others wrote stays as it is, before ours.
    const foreign = statementsOf(before?.policy);
    expect(statementsOf(bucket?.policy).slice(0, foreign.length)).toEqual(foreign);
    expect((await story.state())?.provenance.bucket).toMatchObject({ origin: 'found' });
    story.advance(24);
    expect((await story.run.resume({ yes: true })).screen).toContain('AWS delivers the report');
  });
});

describe('what is there is adopted with the plan', () => {
  test('and not before it is agreed to, so that another name can still be chosen', async () => {
    const { run, state } = rehearse('bucket-ours');
    await run.setup({ flags: known, says: { correct: '(go on)', yes: false } });
    expect((await state())?.provenance).toEqual({});
    expect((await run.setup({ yes: true, flags: { bucket: 'acme-billing' } })).exitCode).toBe(0);
  });

  test('also when a later change of it fails', async () => {
    const { run, state, refuse } = rehearse('bucket-ours');
    refuse('cur:PutReportDefinition', { code: 'ValidationException', message: 'No.' });
    expect((await run.setup({ yes: true, flags: known })).exitCode).toBe(1);
    expect((await state())?.provenance.bucket).toMatchObject({ origin: 'found' });
  });
});

describe('whose the name is', () => {
  test('bucket-foreign: bucket and report bear the account id', async () => {
    const { story, exitCode, writes } = await walked('bucket-foreign');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
    expect(story.world.buckets[fallback]?.owner).toBe('111122223333');
  });

  test.each([
    ['both-names-taken', created],
    ['bucket-elsewhere', created],
    ['bucket-closed', merged],
    ['bucket-unclear', merged],
  ])('%s: stops, and goes on with what the user does about it', async (scene, expected) => {
    const { story, exitCode, writes } = await walked(scene);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    const next = await story.run.setup({ yes: true, flags: { ...known, ...story.mend() } });
    expect(next).toMatchObject({ exitCode: 0, writes: expected });
  });

  test('a name that somebody takes between look and write', async () => {
    const { run, refuse } = rehearse();
    refuse('s3:CreateBucket', { code: 'BucketAlreadyExists', message: 'Not available.', status: 409 });
    const { exitCode, screen } = await run.setup({ yes: true, flags: known });
    expect(exitCode).toBe(1);
    expect(screen).toContain('belongs to another AWS account');
    expect(screen).toContain(`spot-cur setup acme --bucket ${fallback}`);
  });
});

describe('a policy that stands against the delivery', () => {
  test.each([
    ['policy-denies', merged],
    ['policy-org-only', made],
    ['policy-endpoint-only', merged],
    ['policy-foreign-sid', merged],
    ['policy-unreadable', merged],
  ])('%s: stops with nothing written, and goes on once it is mended', async (scene, expected) => {
    const { story, before, exitCode, writes } = await walked(scene);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(story.world.buckets[name]?.policy).toBe(before?.policy);
    expect((await story.run.status()).exitCode).toBe(0);
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: expected });
    story.advance(24);
    expect((await story.run.resume({ yes: true })).screen).toContain('AWS delivers the report');
  });

  test('policy-needs-header: a doubt is a warning, and what to look for when it comes true', async () => {
    const { story, exitCode, screen } = await walked('policy-needs-header');
    expect(exitCode).toBe(1);
    expect(screen).toContain('! The bucket policy denies in the statement AskForKms');
    const { screen: status } = await story.run.status();
    expect(status).toContain('(AskForKms: Null s3:x-amz-server-side-encryption)');
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: made });
  });

  test('bucket-kms: a key is a warning, and what to look for when it comes true', async () => {
    const { story, exitCode } = await walked('bucket-kms');
    expect(exitCode).toBe(1);
    expect((await story.run.status()).screen).toContain('encrypted with a KMS key');
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: made });
  });
});

describe('a policy that AWS is slow to see', () => {
  test('policy-slow: is waited for, and the user sees why', async () => {
    const { exitCode, screen, story } = await walked('policy-slow');
    expect(exitCode).toBe(0);
    expect(screen.match(/AWS does not see yet that it may write to the bucket/g)).toHaveLength(3);
    expect(story.account().reports).toHaveLength(1);
  });

  test('policy-never-seen: stops loudly after some minutes', async () => {
    const { story, exitCode } = await walked('policy-never-seen');
    const began = story.simulator.clock.now() - Date.UTC(2026, 10, 23, 9);
    expect(exitCode).toBe(1);
    expect(began).toBeGreaterThan(120_000);
    expect(began).toBeLessThan(180_000);
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: made });
  });
});

tells(buckets);
