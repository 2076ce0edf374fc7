import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { crawlerCfn, stage, topicAndRole } from './stage.ts';

const demo = { StackName: 'demo', TemplateBody: topicAndRole, Capabilities: ['CAPABILITY_IAM' as const] };
const crawler = { ...demo, TemplateBody: crawlerCfn };

type Stage = ReturnType<typeof stage>;

const run = async ({ aws, pass }: Pick<Stage, 'aws' | 'pass'>, input: typeof demo & Record<string, unknown>) => {
  const { StackId: id = '' } = await aws.send(new CreateStackCommand(input));
  pass(10_000);
  const { Stacks: [stack] = [] } = await aws.send(new DescribeStacksCommand({ StackName: id }));
  const { StackEvents: events = [] } = await aws.send(new DescribeStackEventsCommand({ StackName: id }));
  const told = events.map((event) =>
    [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason].join(' ').trim(),
  );
  return { id, status: stack?.StackStatus, events: told.reverse() };
};

it('rolls back what it has made when a resource fails, and says why', async () => {
  const scene = stage();
  scene.account.stackFaults = [{ logicalId: 'Role', reason: 'No more roles.' }];
  const { status, events } = await run(scene, demo);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.slice(4)).toEqual([
    'Role CREATE_IN_PROGRESS',
    'Role CREATE_IN_PROGRESS Resource creation Initiated',
    'Role CREATE_FAILED No more roles.',
    'demo ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Role]. Rollback requested by user.',
    'Role DELETE_COMPLETE',
    'Topic DELETE_IN_PROGRESS',
    'Topic DELETE_COMPLETE',
    'demo ROLLBACK_COMPLETE',
  ]);
  expect(scene.account.roles).toEqual([]);
  expect(scene.account.stackFaults).toEqual([]);
});

it.each([
  [{ OnFailure: 'DELETE' }, 'DELETE_COMPLETE'],
  [{ OnFailure: 'DO_NOTHING' }, 'CREATE_FAILED'],
  [{ DisableRollback: true }, 'CREATE_FAILED'],
  [{ DisableRollback: false }, 'ROLLBACK_COMPLETE'],
])('with %o it ends as %s', async (option, expected) => {
  const scene = stage();
  scene.account.stackFaults = [{ logicalId: 'Role', reason: 'No.' }];
  expect((await run(scene, { ...demo, ...option })).status).toBe(expected);
});

it('cancels what is under way beside the resource that failed', async () => {
  const scene = stage();
  scene.bucket('billing');
  scene.account.databases.push({ name: 'athenacurcfn_billing', created: 0 });
  const { status, events } = await run(scene, crawler);
  expect(status).toBe('ROLLBACK_COMPLETE');
  const failed = events.filter((event) => event.includes('CREATE_FAILED'));
  expect(failed[0]).toContain(
    'AWSCURDatabase CREATE_FAILED Resource handler returned message: "Database athenacurcfn_billing already exists.',
  );
  expect(failed[0]).toContain('HandlerErrorCode: AlreadyExists');
  expect(failed.slice(1).every((event) => event.endsWith('CREATE_FAILED Resource creation cancelled'))).toBe(true);
  expect(scene.account.databases).toHaveLength(1);
  expect(scene.account.roles).toEqual([]);
});

it('refuses reservations that leave too little concurrency, and takes the notifications with it', async () => {
  const scene = stage();
  const bucket = scene.bucket('billing');
  scene.account.concurrency = 10;
  const { status, events } = await run(scene, crawler);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.find((event) => event.includes('CREATE_FAILED'))).toContain(
    "decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
  );
  expect(bucket?.notifications).toBeUndefined();
  expect(scene.account.functions).toEqual([]);
});

it.each(['nodejs14.x', 'nodejs18.x', 'python3.8'])('refuses the retired runtime %s', async (runtime) => {
  const scene = stage();
  scene.bucket('billing');
  const { events } = await run(scene, { ...crawler, TemplateBody: crawlerCfn.replaceAll('nodejs22.x', runtime) });
  expect(events.find((event) => event.includes('CREATE_FAILED'))).toContain(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions.`,
  );
});

it('stays as DELETE_FAILED when a resource does not go, and goes at the second attempt', async () => {
  const scene = stage();
  const { id } = await run(scene, demo);
  scene.account.stackFaults = [{ logicalId: 'Topic', reason: 'Still in use.', status: 'DELETE_FAILED' }];
  const after = async () => {
    await scene.aws.send(new DeleteStackCommand({ StackName: id }));
    scene.pass(5000);
    return (await scene.aws.send(new DescribeStacksCommand({ StackName: id }))).Stacks?.[0];
  };
  expect(await after()).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [Topic].',
  });
  expect(await after()).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});

it('keeps a bucket that is not empty', async () => {
  const scene = stage();
  const template = 'Resources: { Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: my-output } } }';
  const { id } = await run(scene, { ...demo, TemplateBody: template });
  const bucket = scene.simulator.world.buckets['my-output'];
  if (bucket) bucket.objects.a = { content: '', contentType: 'text/plain', modified: 0 };
  await scene.aws.send(new DeleteStackCommand({ StackName: id }));
  scene.pass(5000);
  const { StackEvents: events = [] } = await scene.aws.send(new DescribeStackEventsCommand({ StackName: id }));
  expect(events.find(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED')?.ResourceStatusReason).toBe(
    'The following resource(s) failed to delete: [Bucket].',
  );
  expect(events.some(({ ResourceStatusReason = '' }) => ResourceStatusReason.includes('is not empty'))).toBe(true);
});

it('ends as ROLLBACK_FAILED when what was made does not go', async () => {
  const scene = stage();
  scene.account.stackFaults = [
    { logicalId: 'Role', reason: 'No.' },
    { logicalId: 'Topic', reason: 'Still in use.', status: 'DELETE_FAILED' },
  ];
  const { status, events } = await run(scene, demo);
  expect(status).toBe('ROLLBACK_FAILED');
  expect(events).toContain('Topic DELETE_FAILED Still in use.');
});

it('empties the notifications even where the Lambda that should have put them failed', async () => {
  const scene = stage();
  const bucket = scene.bucket('billing');
  if (bucket) bucket.notifications = '<QueueConfiguration/>';
  scene.account.stackFaults = [{ logicalId: 'AWSPutS3CURNotification', reason: 'Timed out.' }];
  expect((await run(scene, crawler)).status).toBe('ROLLBACK_COMPLETE');
  expect(bucket?.notifications).toBeUndefined();
});

it('refuses a crawler whose name is taken', async () => {
  const scene = stage();
  scene.bucket('billing');
  scene.account.crawlers.push({ name: 'AWSCURCrawler-billing', database: 'x', role: 'x', targets: [], created: 0 });
  const { events } = await run(scene, crawler);
  expect(events.find((event) => event.includes('CREATE_FAILED'))).toContain('AWSCURCrawler-billing already exists');
  expect(scene.account.crawlers).toHaveLength(1);
});

it('makes a chain of two hundred resources in its order, still in less than five seconds', async () => {
  const scene = stage();
  const links = Array.from({ length: 200 }, (_, index) => {
    const before = index === 0 ? '' : `, Properties: { Name: !Ref R${index - 1} }`;
    return `  R${index}: { Type: AWS::SSM::Parameter${before} }`;
  });
  const input = { ...demo, TemplateBody: ['Resources:', ...links].join('\n') };
  await scene.aws.send(new CreateStackCommand(input));
  scene.pass(5000);
  const { Stacks: [stack] = [] } = await scene.aws.send(new DescribeStacksCommand({ StackName: 'demo' }));
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
});
