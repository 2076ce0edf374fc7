import { DescribeStacksCommand, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import type { Scene } from '../../src/simulator/scenes/scene.ts';
import { sceneAccount } from '../../src/simulator/scenes/stage.ts';
import { crawlerCfn } from './cloudformation/stage.ts';
import { monday, staged } from './staged.ts';

const statusOf = async ({ aws }: ReturnType<typeof staged>, StackName: string) =>
  (await aws.cloudformation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

describe('a stack of somebody else', () => {
  test('stands, or is under way', async () => {
    const scene = staged();
    scene.stage().bucket('billing');
    scene.stage().stack('Old', crawlerCfn);
    expect(await statusOf(scene, 'Old')).toBe('CREATE_COMPLETE');
    scene.stage().stack('New', crawlerCfn.replaceAll('billing', 'other'), { ago: 0 });
    expect(await statusOf(scene, 'New')).toBe('CREATE_IN_PROGRESS');
    scene.simulator.clock.advance(20_000);
    expect(await statusOf(scene, 'New')).toMatch(/^ROLLBACK_/);
  });

  test('can be in any status, and go on from there', async () => {
    const scene = staged();
    scene.stage().bucket('billing');
    const stack = scene.stage().stack('Old', crawlerCfn);
    for (const status of ['UPDATE_ROLLBACK_FAILED', 'IMPORT_COMPLETE', 'DELETE_FAILED', 'ROLLBACK_FAILED']) {
      scene.stage().become(stack, status, { reason: 'So it is.' });
      expect(await statusOf(scene, 'Old')).toBe(status);
    }
    scene.stage().become(stack, 'UPDATE_IN_PROGRESS');
    scene.stage().become(stack, 'UPDATE_COMPLETE', { after: 60_000 });
    expect(await statusOf(scene, 'Old')).toBe('UPDATE_IN_PROGRESS');
    scene.simulator.clock.advance(60_000);
    expect(await statusOf(scene, 'Old')).toBe('UPDATE_COMPLETE');
  });
});

describe("Spot's offer", () => {
  const connected = () => {
    const scene = staged();
    const { account } = scene;
    scene.stage().bucket('billing');
    scene.stage().report({ ReportName: 'billing', S3Bucket: 'billing' });
    scene.stage().stack('SpotEcoStack', crawlerCfn);
    for (const crawler of account.crawlers) {
      crawler.schedule = { expression: 'cron(0 0 * * ? *)', state: 'SCHEDULED', changed: monday };
    }
    scene.simulator.clock.advance(49 * 3_600_000);
    const link = () => new URL(scene.simulator.link(sceneAccount) ?? '').hash;
    const fields = () => new URLSearchParams(link().slice(link().indexOf('?')));
    const url = () => new URL(fields().get('templateURL') ?? '');
    const read = async () => {
      const [Bucket] = url().hostname.split('.s3.');
      const { Body } = await scene.aws.s3.send(new GetObjectCommand({ Bucket, Key: url().pathname.slice(1) }));
      return Body?.transformToString();
    };
    return { ...scene, fields, url, read };
  };

  test('can lead to another template, with other fields', async () => {
    const { stage, read, fields } = connected();
    stage().offer('Resources: {}', {
      stackName: 'Other',
      parameters: { S3OutputBucket: 'thief', CustomerName: undefined },
    });
    expect(await read()).toBe('Resources: {}');
    expect([...fields().keys()]).not.toContain('param_CustomerName');
    expect([fields().get('stackName'), fields().get('param_S3OutputBucket')]).toEqual(['Other', 'thief']);
    expect(fields().get('param_CURPrefixName')).toBe('spotinst_eco');
  });

  test('can change between two reads, whoever reads', async () => {
    const { stage, read, aws, url } = connected();
    stage().offer(['Description: one', 'Description: two\nResources: { T: { Type: AWS::SNS::Topic } }']);
    expect(await read()).toBe('Description: one');
    const summary = await aws.cloudformation.send(new GetTemplateSummaryCommand({ TemplateURL: url().href }));
    expect(summary.Description).toBe('two');
    expect(await read()).toContain('Description: two');
  });

  test('can be gone, or closed to everybody', async () => {
    const { stage, read } = connected();
    stage().offer('', { gone: true });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchBucket' });
    stage().offer('Resources: {}', { closed: true });
    await expect(read()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('can be any text', () => {
    const { stage, simulator } = connected();
    stage().send('not a link at all');
    expect(simulator.link(sceneAccount)).toBe('not a link at all');
  });
});

describe('a scene', () => {
  const scene: Scene = {
    name: 'stranger',
    title: 'The account is a member.',
    arrange: (stage) => stage.member(),
    mend: { told: 'It leaves.', apply: (stage) => stage.standalone() },
  };

  test('is arranged at once, mended once, and arranged anew by a reset', async () => {
    const simulator = createSimulator({ wall: () => monday, scene });
    const { simulatedClients } = await import('../support/simulated-clients.ts');
    const { organizations } = simulatedClients(simulator, sceneAccount);
    const master = async () =>
      (await organizations.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId;
    expect(await master()).toBe('444455556666');
    simulator.mend();
    await expect(master()).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
    simulator.reset();
    expect(await master()).toBe('444455556666');
  });
});
