import { describe, expect, test } from 'vitest';
import { accounts } from '../../../src/simulator/scenes/accounts.ts';

import { acme, known, type Run, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const created = ['s3:CreateBucket', 's3:PutPublicAccessBlock', 's3:PutBucketPolicy', 'cur:PutReportDefinition'];

/** The first walk, unattended; its screen is the scene's. */
const walked = async (scene: string) => {
  const story = rehearse(scene);
  const run = await story.run.setup({ yes: true, flags: known });
  await shows(scene, run.screen);
  return { story, ...run };
};

const level = ({ stdout }: Run, id: string) =>
  JSON.parse(stdout).findings.find((finding: { readonly id: string }) => finding.id === id)?.level;

describe('an account that can not be connected stops setup before anything else', () => {
  test.each([
    ['member-account', 'account'],
    ['billing-transfer', 'billing-transfer'],
    ['partition-govcloud', 'partition'],
  ])('%s', async (scene, id) => {
    const { story, exitCode, writes } = await walked(scene);
    expect({ exitCode, writes, state: await story.state() }).toEqual({ exitCode: 1, writes: [], state: undefined });
    const seen = await story.run.doctor({ json: true });
    expect([seen.exitCode, level(seen, id)]).toEqual([1, 'problem']);
    story.mend();
    expect(await story.run.setup({ yes: true, flags: known })).toMatchObject({ exitCode: 0, writes: created });
  });
});

describe('what can not be seen of an account stops nothing by itself', () => {
  test('organization-denied: somebody has to vouch for the account', async () => {
    const { story, exitCode, writes } = await walked('organization-denied');
    expect({ exitCode, writes }).toEqual({ exitCode: 2, writes: [] });
    const seen = await story.run.doctor({ json: true });
    expect([seen.exitCode, level(seen, 'account')]).toEqual([0, 'warning']);
    expect(level(await story.run.doctor({ json: true, flags: story.mend() }), 'account')).toBe('ok');
    const again = await story.run.setup({ yes: true, flags: { ...known, ...story.mend() } });
    expect(again).toMatchObject({ exitCode: 0, writes: created });
  });

  test.each(['billing-transfer-denied', 'billing-transfer-unsupported', 'billing-transfer-garbled'])(
    '%s: a warning of the plan',
    async (scene) => {
      const { story, exitCode, writes, screen } = await walked(scene);
      expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
      expect(screen.match(/could not be checked/g)).toHaveLength(1);
      expect(level(await story.run.doctor({ json: true }), 'billing-transfer')).toBe('warning');
    },
  );
});

describe('what is fine goes on, with a note where there is one', () => {
  test.each(['billing-transfer-ended', 'billing-transfer-announced'])('%s', async (scene) => {
    const { story, exitCode, writes, screen } = await walked(scene);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
    expect(screen).not.toContain('transferred');
    expect(level(await story.run.doctor({ json: true }), 'billing-transfer')).toBe('ok');
  });

  test('standalone-account', async () => {
    const { exitCode, writes, screen } = await walked('standalone-account');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
    expect(screen).toContain(`Account ${acme}, a standalone account, in no organization`);
  });

  test('root-user: works, and is warned about once', async () => {
    const { story, exitCode, writes, screen } = await walked('root-user');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
    expect(screen.match(/A role is enough/g)).toHaveLength(1);
    expect(level(await story.run.doctor({ json: true }), 'root-user')).toBe('warning');
  });
});

tells(accounts);
