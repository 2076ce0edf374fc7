import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { crawlerCfn, payer, stage, topicAndRole } from './stage.ts';

const create = { StackName: 'demo', TemplateBody: topicAndRole, Capabilities: ['CAPABILITY_IAM' as const] };

it('makes a stack in less than five seconds, tells its events newest first, and takes it away again', async () => {
  const { aws, pass, account } = stage();
  const { StackId: id = '' } = await aws.send(new CreateStackCommand(create));
  expect(id).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:stack\/demo\/[0-9a-f-]{36}$/);
  const status = async (name = 'demo') =>
    (await aws.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]?.StackStatus;
  expect(await status()).toBe('CREATE_IN_PROGRESS');
  expect(account.roles).toEqual([]);

  pass(5000);
  const { Stacks: [stack] = [] } = await aws.send(new DescribeStacksCommand({}));
  expect(stack).toMatchObject({ StackId: id, StackStatus: 'CREATE_COMPLETE', Description: 'A topic and a role' });
  expect(stack?.Parameters).toEqual([
    { ParameterKey: 'Name', ParameterValue: 'alerts' },
    { ParameterKey: 'Secret', ParameterValue: '****' },
  ]);
  const [role] = account.roles;
  expect(role?.name).toMatch(/^demo-Role-[A-Z0-9]{12}$/);
  expect(role?.trust).toMatchObject({ Statement: [{ Principal: { AWS: payer } }] });
  expect(stack?.Outputs).toEqual([
    { OutputKey: 'TopicArn', OutputValue: `arn:aws:sns:us-east-1:${payer}:alerts`, Description: 'Where to write' },
    { OutputKey: 'RoleArn', OutputValue: `arn:aws:iam::${payer}:role/${role?.name}`, ExportName: 'demo-role' },
  ]);

  const { StackEvents: events = [] } = await aws.send(new DescribeStackEventsCommand({ StackName: 'demo' }));
  const told = events.map((event) =>
    [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason].join(' ').trim(),
  );
  expect(told.reverse()).toEqual([
    'demo CREATE_IN_PROGRESS User Initiated',
    'Topic CREATE_IN_PROGRESS',
    'Topic CREATE_IN_PROGRESS Resource creation Initiated',
    'Topic CREATE_COMPLETE',
    'Role CREATE_IN_PROGRESS',
    'Role CREATE_IN_PROGRESS Resource creation Initiated',
    'Role CREATE_COMPLETE',
    'demo CREATE_COMPLETE',
  ]);
  expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);

  const resources = await aws.send(new DescribeStackResourcesCommand({ StackName: 'demo' }));
  expect(resources.StackResources?.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([
    `arn:aws:sns:us-east-1:${payer}:alerts`,
    role?.name,
  ]);
  const one = await aws.send(new DescribeStackResourceCommand({ StackName: id, LogicalResourceId: 'Role' }));
  expect(one.StackResourceDetail).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE', PhysicalResourceId: role?.name });
  const listed = await aws.send(new ListStackResourcesCommand({ StackName: 'demo' }));
  expect(listed.StackResourceSummaries).toHaveLength(2);

  await aws.send(new DeleteStackCommand({ StackName: 'demo' }));
  expect(await status()).toBe('DELETE_IN_PROGRESS');
  pass(5000);
  await expect(status()).rejects.toThrow('Stack with id demo does not exist');
  expect(await status(id)).toBe('DELETE_COMPLETE');
  expect(account.roles).toEqual([]);
  const afterwards = await aws.send(new DescribeStackEventsCommand({ StackName: id }));
  expect(afterwards.StackEvents?.[0]).toMatchObject({ ResourceStatus: 'DELETE_COMPLETE', LogicalResourceId: 'demo' });
  await aws.send(new DeleteStackCommand({ StackName: 'demo' }));
  await aws.send(new DeleteStackCommand({ StackName: id }));
  const gone = await aws.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
  expect(gone.StackSummaries?.map(({ StackId }) => StackId)).toEqual([id]);
});

it('gives the template back byte for byte', async () => {
  const { aws } = stage();
  const awkward = `\r\n# <&> "quoted" ü 🙂\ttab  \r\n${topicAndRole}\n\n  `;
  await aws.send(new CreateStackCommand({ ...create, TemplateBody: awkward }));
  const { TemplateBody } = await aws.send(new GetTemplateCommand({ StackName: 'demo' }));
  expect(TemplateBody).toBe(awkward);
});

it('makes all that the crawler template describes, starts the crawler and replaces the notifications', async () => {
  const { aws, pass, account, bucket, simulator } = stage();
  const billing = bucket('billing');
  await aws.send(new CreateStackCommand({ ...create, StackName: 'SpotEcoStack', TemplateBody: crawlerCfn }));
  pass(5000);
  const { Stacks: [stack] = [] } = await aws.send(new DescribeStacksCommand({ StackName: 'SpotEcoStack' }));
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  expect(account.databases).toMatchObject([{ name: 'athenacurcfn_billing' }]);
  expect(account.tables).toMatchObject([{ database: 'athenacurcfn_billing', name: 'cost_and_usage_data_status' }]);
  expect(account.roles).toHaveLength(3);
  expect(account.functions.map(({ reservedConcurrency }) => reservedConcurrency)).toEqual([1, 1]);
  const [crawler] = account.crawlers;
  expect(crawler).toMatchObject({ name: 'AWSCURCrawler-billing', database: 'athenacurcfn_billing' });
  expect(crawler?.role).toMatch(/^SpotEcoStack-AWSCURCrawlerComponentFunction-[A-Z0-9]{12}$/);
  expect(crawler?.targets[0]?.path).toBe('s3://billing/spotinst_eco/billing/billing/');
  expect(crawler?.crawlStarted).toBeGreaterThan(0);
  expect(crawler?.schedule).toBeUndefined();
  expect(simulator.world.buckets.billing?.notifications).toContain(account.functions[0]?.name);

  await aws.send(new DeleteStackCommand({ StackName: 'SpotEcoStack' }));
  pass(6000);
  await aws.send(new DescribeStacksCommand({}));
  expect(billing?.notifications).toBeUndefined();
  const { databases, tables, crawlers, roles, functions } = account;
  expect({ databases, tables, crawlers, roles, functions }).toEqual({
    databases: [],
    tables: [],
    crawlers: [],
    roles: [],
    functions: [],
  });
});

it('can be deleted while it is being made', async () => {
  const { aws, pass, account } = stage();
  const { StackId: id = '' } = await aws.send(new CreateStackCommand(create));
  pass(700);
  await aws.send(new DeleteStackCommand({ StackName: 'demo' }));
  pass(5000);
  const { Stacks: [stack] = [] } = await aws.send(new DescribeStacksCommand({ StackName: id }));
  expect(stack?.StackStatus).toBe('DELETE_COMPLETE');
  expect(account.roles).toEqual([]);
  expect(Object.keys(account.stacks[0]?.resources ?? {})).toEqual([]);
});

it('comes out the same whether it is looked at often or once', async () => {
  const often = stage();
  await often.aws.send(new CreateStackCommand(create));
  for (let ms = 0; ms < 5000; ms += 50) {
    often.pass(50);
    often.simulator.settle();
  }
  const once = stage();
  await once.aws.send(new CreateStackCommand(create));
  once.pass(5000);
  once.simulator.settle();
  const events = ({ account }: typeof once) =>
    account.stacks[0]?.timeline.map(({ at, logicalId, status }) => [at, logicalId, status]);
  expect(events(often)).toEqual(events(once));
});
