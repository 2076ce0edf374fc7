import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from '../../../src/simulator/server.ts';
import { type AwsCli, awsCli, awsCliInstalled } from '../../support/aws-cli.ts';
import { crawlerCfn, payer, stage } from './stage.ts';

describe.skipIf(!awsCliInstalled)('a client that no one here wrote', () => {
  const scene = stage();
  let served: Served;
  let folder: string;
  let cli: AwsCli;

  beforeAll(async () => {
    served = await serve(scene.simulator, { port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'cloudformation-'));
    cli = awsCli(payer, folder, () => served.port);
    scene.bucket('billing');
  });
  afterAll(async () => {
    cli.end();
    await served.close();
    await rm(folder, { recursive: true });
  });

  const aws: AwsCli['ask'] = (...words) => cli.ask(...words);
  const cloudformation = (...args: string[]) => aws('cloudformation', ...args);

  it('deploys the crawler by a change set and takes it away again', { timeout: 60_000 }, async () => {
    const file = join(folder, 'crawler-cfn.yml');
    await writeFile(file, crawlerCfn);
    const { Id: id, StackId: stackId } = await cloudformation(
      'create-change-set',
      ...['--stack-name', 'SpotEcoStack', '--change-set-name', 'first', '--change-set-type', 'CREATE'],
      ...['--template-body', `file://${file}`, '--capabilities', 'CAPABILITY_IAM', '--on-stack-failure', 'DELETE'],
    );
    scene.pass(1000);
    const preview = await cloudformation('describe-change-set', '--change-set-name', id);
    expect(preview).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', StackId: stackId });
    expect(preview.Changes).toHaveLength(11);
    const { TemplateBody } = await cloudformation('get-template', '--change-set-name', id);
    expect(TemplateBody).toBe(crawlerCfn);

    await cloudformation('execute-change-set', '--change-set-name', id, '--client-request-token', 'run-1');
    scene.pass(5000);
    const { StackEvents: events } = await cloudformation('describe-stack-events', '--stack-name', 'SpotEcoStack');
    expect(events).toHaveLength(11 * 3 + 3);
    expect(events[0]).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE', LogicalResourceId: 'SpotEcoStack' });

    const { StackResources: resources } = await cloudformation('describe-stack-resources', '--stack-name', stackId);
    const physicalId = (logicalId: string): string =>
      resources.find((one: { LogicalResourceId: string }) => one.LogicalResourceId === logicalId).PhysicalResourceId;
    const role = physicalId('AWSCURCrawlerComponentFunction');
    expect((await aws('iam', 'get-role', '--role-name', role)).Role).toMatchObject({
      RoleName: role,
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: expect.anything() } }] },
    });
    const initializer = await aws('lambda', 'get-function', '--function-name', physicalId('AWSCURInitializer'));
    expect(initializer).toMatchObject({
      Configuration: { Runtime: 'nodejs22.x' },
      Concurrency: { ReservedConcurrentExecutions: 1 },
    });
    const { AccountLimit: limit } = await aws('lambda', 'get-account-settings');
    expect(limit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 998 });

    await cloudformation('delete-stack', '--stack-name', 'SpotEcoStack');
    scene.pass(6000);
    const { Stacks: stacks } = await cloudformation('describe-stacks', '--stack-name', stackId);
    expect(stacks[0]).toMatchObject({ StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(String) });
    expect((await aws('lambda', 'list-functions')).Functions).toEqual([]);
    await expect(aws('iam', 'get-role', '--role-name', role)).rejects.toThrow(/NoSuchEntity/);
    await expect(aws('lambda', 'get-function', '--function-name', 'nope')).rejects.toThrow(/ResourceNotFoundException/);
    await expect(cloudformation('describe-stacks', '--stack-name', 'SpotEcoStack')).rejects.toThrow(
      /\(ValidationError\).*Stack with id SpotEcoStack does not exist/s,
    );
    await expect(cloudformation('list-exports')).rejects.toThrow(/UnsupportedOperation/);
  });
});
