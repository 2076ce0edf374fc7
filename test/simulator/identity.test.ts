import { DescribeOrganizationCommand, ListOutboundResponsibilityTransfersCommand } from '@aws-sdk/client-organizations';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { accountOf } from '../../src/simulator/world.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

const MSP = '999900001111';
const ACME = '111122223333';
const role = { RoleArn: `arn:aws:iam::${ACME}:role/msp/Onboarding`, RoleSessionName: 'jo' };

let simulator = createSimulator();
beforeEach(() => {
  simulator = createSimulator();
});

const assume = async () => {
  const { Credentials } = await simulatedClients(simulator, MSP).sts.send(new AssumeRoleCommand(role));
  return simulatedClients(simulator, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
};

describe('who asks', () => {
  test('is the account whose id is the access key id', async () => {
    const { sts } = simulatedClients(simulator, ACME);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: ACME,
      Arn: `arn:aws:iam::${ACME}:user/engineer`,
    });
  });

  test('is the role that was assumed, for an hour', async () => {
    const { sts, glue } = await assume();
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: ACME,
      Arn: `arn:aws:sts::${ACME}:assumed-role/Onboarding/jo`,
    });
    simulator.clock.advance(3_600_001);
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
    const { GetCrawlersCommand } = await import('@aws-sdk/client-glue');
    await expect(glue.send(new GetCrawlersCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  test('has to be known', async () => {
    const { sts, s3 } = simulatedClients(simulator, 'AKIAIOSFODNN7EXAMPLE');
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: expect.stringContaining('12-digit account id'),
      $metadata: { httpStatusCode: 403 },
    });
    const get = new GetObjectCommand({ Bucket: 'spot-connect-templates', Key: 'extractor/spot-extractor.yaml' });
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  test.each([
    [{ RoleArn: 'arn:aws:iam::1:role/x' }, 'is invalid'],
    [{ RoleSessionName: 'two words' }, 'roleSessionName'],
    [{ DurationSeconds: 60 }, 'durationSeconds'],
  ])('can not assume a role with %o', async (change, message) => {
    const { sts } = simulatedClients(simulator, MSP);
    await expect(sts.send(new AssumeRoleCommand({ ...role, ...change }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});

describe('an account never seen', () => {
  test('manages an organization of its own and has given its billing to nobody', async () => {
    const { organizations } = simulatedClients(simulator, ACME);
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ MasterAccountId: ACME });
    expect(await organizations.send(new ListOutboundResponsibilityTransfersCommand({ Type: 'BILLING' }))).toMatchObject(
      {
        ResponsibilityTransfers: [],
      },
    );
  });

  test('can be made to have given its billing away', async () => {
    const transfer = { Id: 'rt-1', Type: 'BILLING', Status: 'ACCEPTED', StartTimestamp: 1_790_000_000 };
    accountOf(simulator.world, ACME).billingTransfers = [transfer];
    const { organizations } = simulatedClients(simulator, ACME);
    expect(await organizations.send(new ListOutboundResponsibilityTransfersCommand({ Type: 'BILLING' }))).toMatchObject(
      {
        ResponsibilityTransfers: [{ Status: 'ACCEPTED', StartTimestamp: new Date(1_790_000_000_000) }],
      },
    );
  });

  test('can be made to stand alone', async () => {
    delete accountOf(simulator.world, ACME).organization;
    const { organizations } = simulatedClients(simulator, ACME);
    await expect(organizations.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });
});
