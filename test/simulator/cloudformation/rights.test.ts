import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { sceneAccount } from '../../../src/simulator/scenes/stage.ts';
import { staged } from '../staged.ts';
import { crawlerCfn } from './stage.ts';

const input = { StackName: 'SpotEcoStack', TemplateBody: crawlerCfn, Capabilities: ['CAPABILITY_IAM' as const] };

type Staged = ReturnType<typeof staged>;

const failuresOf = async ({ aws, simulator }: Staged, StackName: string) => {
  simulator.clock.advance(10_000);
  const { Stacks: [stack] = [] } = await aws.cloudformation.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents: events = [] } = await aws.cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  const failed = events.filter((event) => event.ResourceStatus?.endsWith('_FAILED')).reverse();
  const [first] = failed;
  return { status: stack?.StackStatus, first: `${first?.LogicalResourceId}: ${first?.ResourceStatusReason}` };
};

const create = async (scene: Staged) => {
  scene.stage().bucket('billing');
  const { StackId = '' } = await scene.aws.cloudformation.send(new CreateStackCommand(input));
  return { StackId, ...(await failuresOf(scene, StackId)) };
};

describe('CloudFormation acts with the rights of its caller', () => {
  test.each([
    ['iam:CreateRole', 'AWSCURCrawlerComponentFunction|AWSCURCrawlerLambdaExecutor|AWSS3CURLambdaExecutor', 'Iam'],
    ['iam:PutRolePolicy', 'AWSCURCrawlerComponentFunction|AWSCURCrawlerLambdaExecutor|AWSS3CURLambdaExecutor', 'Iam'],
    ['iam:AttachRolePolicy', 'AWSCURCrawlerComponentFunction', 'Iam'],
    ['glue:CreateDatabase', 'AWSCURDatabase', 'Glue'],
    ['glue:CreateCrawler', 'AWSCURCrawler', 'Glue'],
    ['glue:CreateTable', 'AWSCURReportStatusTable', 'Glue'],
    ['iam:PassRole', 'AWSCURCrawler', 'Iam'],
    ['lambda:CreateFunction', 'AWSCURInitializer', 'Lambda'],
    ['lambda:PutFunctionConcurrency', 'AWSCURInitializer', 'Lambda'],
    ['lambda:AddPermission', 'AWSS3CUREventLambdaPermission', 'Lambda'],
    ['lambda:InvokeFunction', 'AWSStartCURCrawler', 'Lambda'],
  ])('without %s the stack fails at %s', async (action, resource, service) => {
    const scene = staged();
    scene.stage().deny({ action });
    const { status, first } = await create(scene);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(first).toMatch(
      new RegExp(
        `^(${resource}): Resource handler returned message: "User: arn:aws:iam::${sceneAccount}:user/engineer is not authorized to perform: ` +
          `${action} on resource: arn:aws:\\S+ because no identity-based policy allows the ${action} action ` +
          `\\(Service: ${service}, Status Code: \\d+, Request ID: [0-9a-f-]+\\)" \\(RequestToken: [0-9a-f-]+, HandlerErrorCode: AccessDenied\\)$`,
      ),
    );
  });

  test('and can not take back what he may not delete', async () => {
    const scene = staged();
    scene.stage().denyAll(['lambda:CreateFunction', 'iam:DeleteRole']);
    const { status, StackId } = await create(scene);
    expect(status).toBe('ROLLBACK_FAILED');
    scene.stage().allow();
    await scene.aws.cloudformation.send(new DeleteStackCommand({ StackName: StackId }));
    expect((await failuresOf(scene, StackId)).status).toBe('DELETE_COMPLETE');
    expect(scene.account.roles).toEqual([]);
  });

  test('but a stack that somebody else has made owes nothing to ours', () => {
    const { stage, account } = staged();
    stage().bucket('billing');
    stage().deny({ action: '*' });
    stage().stack('SpotEcoStack', crawlerCfn);
    expect(account.crawlers).toHaveLength(1);
  });
});

describe('where Lake Formation guards the catalog', () => {
  test('a new database needs more than IAM', async () => {
    const scene = staged();
    scene.stage().guardCatalog([`arn:aws:iam::${sceneAccount}:role/DataLakeAdmin`]);
    const { status, first } = await create(scene);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(first).toContain('Insufficient Lake Formation permission(s): Required Create Database on Catalog');
  });

  test('its administrators can have one made, by session as well', async () => {
    const scene = staged();
    scene.stage().role('DataLakeAdmin', '/lake/');
    scene.stage().guardCatalog([`arn:aws:iam::${sceneAccount}:role/lake/DataLakeAdmin`]);
    expect((await create(scene)).status).toBe('CREATE_COMPLETE');
  });
});
