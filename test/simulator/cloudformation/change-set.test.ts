import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { stage, topicAndRole } from './stage.ts';

const input: CreateChangeSetCommandInput = {
  StackName: 'demo',
  ChangeSetName: 'first',
  ChangeSetType: 'CREATE',
  TemplateBody: topicAndRole,
  Capabilities: ['CAPABILITY_IAM'],
  Parameters: [{ ParameterKey: 'Name', ParameterValue: 'mine' }],
  OnStackFailure: 'DELETE',
  ClientToken: 'token-1',
};

const created = async (more: Partial<CreateChangeSetCommandInput> = {}) => {
  const scene = stage();
  const { Id: id = '', StackId: stackId = '' } = await scene.aws.send(
    new CreateChangeSetCommand({ ...input, ...more }),
  );
  const describe = () => scene.aws.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
  const stack = async () => (await scene.aws.send(new DescribeStacksCommand({ StackName: stackId }))).Stacks?.[0];
  return { ...scene, id, stackId, describe, stack };
};

it('previews a stack without making anything, and executes what was previewed', async () => {
  const { aws, pass, account, id, stackId, describe, stack } = await created();
  expect(id).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:changeSet\/first\/[0-9a-f-]{36}$/);
  expect(await stack()).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS', StackStatusReason: 'User Initiated' });
  expect(await describe()).toMatchObject({ Status: 'CREATE_PENDING', ExecutionStatus: 'UNAVAILABLE' });
  pass(300);
  expect(await describe()).toMatchObject({ Status: 'CREATE_IN_PROGRESS' });
  await expect(aws.send(new ExecuteChangeSetCommand({ ChangeSetName: id }))).rejects.toMatchObject({
    name: 'InvalidChangeSetStatusException',
    message: `ChangeSet [${id}] cannot be executed in its current status of [CREATE_IN_PROGRESS]`,
  });
  pass(700);
  const made = await describe();
  expect(made).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    StackId: stackId,
    OnStackFailure: 'DELETE',
  });
  expect(
    made.Changes?.map(({ ResourceChange: change }) => [
      change?.Action,
      change?.LogicalResourceId,
      change?.ResourceType,
    ]),
  ).toEqual([
    ['Add', 'Topic', 'AWS::SNS::Topic'],
    ['Add', 'Role', 'AWS::IAM::Role'],
  ]);
  expect(made.Parameters).toContainEqual({ ParameterKey: 'Name', ParameterValue: 'mine' });
  const previewed = await aws.send(new GetTemplateCommand({ ChangeSetName: id, TemplateStage: 'Processed' }));
  expect(previewed.TemplateBody).toBe(topicAndRole);
  expect(account.roles).toEqual([]);

  await aws.send(new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: 'run-1' }));
  await aws.send(new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: 'run-1' }));
  expect(await describe()).toMatchObject({ ExecutionStatus: 'EXECUTE_IN_PROGRESS' });
  pass(5000);
  expect(await describe()).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
  expect(await stack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ChangeSetId: id });
  expect(account.roles).toHaveLength(1);
  const { StackEvents: events = [] } = await aws.send(new DescribeStackEventsCommand({ StackName: stackId }));
  expect(events.filter(({ ClientRequestToken }) => ClientRequestToken === 'run-1')).toHaveLength(events.length - 1);
  const again = new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: 'run-2' });
  await expect(aws.send(again)).rejects.toThrow('current execution status of [EXECUTE_COMPLETE]');
});

it('leaves no corpse with OnStackFailure DELETE, only its events', async () => {
  const { aws, pass, account, id, stackId, stack } = await created();
  account.stackFaults = [{ logicalId: 'Topic', reason: 'No.' }];
  pass(1000);
  await aws.send(new ExecuteChangeSetCommand({ ChangeSetName: id }));
  pass(5000);
  expect(await stack()).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(aws.send(new DescribeStacksCommand({ StackName: 'demo' }))).rejects.toThrow(
    'Stack with id demo does not exist',
  );
  const { StackEvents: events = [] } = await aws.send(new DescribeStackEventsCommand({ StackName: stackId }));
  expect(events.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain('No.');
});

it('takes a repetition by its token, and refuses the name to any other', async () => {
  const { aws, id } = await created();
  expect((await aws.send(new CreateChangeSetCommand(input))).Id).toBe(id);
  for (const [change, attribute] of [
    [{ ClientToken: 'token-2' }, 'ClientToken'],
    [{ TemplateBody: `${topicAndRole} ` }, 'Template'],
  ] as const) {
    await expect(aws.send(new CreateChangeSetCommand({ ...input, ...change }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: `ChangeSet first cannot be created due to a mismatch with existing attribute ${attribute}`,
    });
  }
});

it('is gone a moment after its deletion, while the stack under review stays until it is deleted too', async () => {
  const { aws, pass, id, describe, stack } = await created();
  pass(1000);
  await aws.send(new DeleteChangeSetCommand({ ChangeSetName: 'first', StackName: 'demo' }));
  expect(await describe()).toMatchObject({ Status: 'DELETE_PENDING' });
  pass(1000);
  await expect(describe()).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
    message: `ChangeSet [${id}] does not exist`,
  });
  expect(await stack()).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' });
  await aws.send(new CreateChangeSetCommand({ ...input, ChangeSetName: 'second' }));
  const { Summaries } = await aws.send(new ListChangeSetsCommand({ StackName: 'demo' }));
  expect(Summaries?.map(({ ChangeSetName }) => ChangeSetName)).toEqual(['second']);
  await aws.send(new DeleteStackCommand({ StackName: 'demo' }));
  pass(1000);
  expect(await stack()).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(aws.send(new ListChangeSetsCommand({ StackName: 'demo' }))).rejects.toThrow('does not exist');
});

it('is refused for a stack that stands, for updates, and for names that break the rules', async () => {
  const { aws, pass } = stage();
  await aws.send(
    new CreateStackCommand({ StackName: 'demo', TemplateBody: topicAndRole, Capabilities: ['CAPABILITY_IAM'] }),
  );
  await expect(aws.send(new CreateChangeSetCommand(input))).rejects.toThrow(
    'is in CREATE_IN_PROGRESS state and can not be updated.',
  );
  pass(5000);
  await expect(aws.send(new CreateChangeSetCommand(input))).rejects.toThrow(
    'Stack [demo] already exists and cannot be created again with the changeSet [first].',
  );
  const update = new CreateChangeSetCommand({ ...input, ChangeSetType: 'UPDATE' });
  await expect(aws.send(update)).rejects.toThrow('ChangeSetType UPDATE is not simulated');
  const named = new CreateChangeSetCommand({ ...input, ChangeSetName: '1 bad' });
  await expect(aws.send(named)).rejects.toThrow("Value '1 bad' at 'changeSetName' failed to satisfy constraint");
  const nameless = new DescribeChangeSetCommand({ ChangeSetName: 'first' });
  await expect(aws.send(nameless)).rejects.toThrow(
    'StackName must be specified if ChangeSetName is not specified as an ARN.',
  );
});
