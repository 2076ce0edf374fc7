import { describe, expect, test } from 'vitest';
import { connect } from '../../src/aws/connect.ts';
import { simulatedRequests } from '../../src/rehearsal.ts';
import { createSimulator } from '../../src/simulator/handler.ts';
import { accountOf } from '../../src/simulator/world.ts';

const account = '111122223333';
const hour = 3_600_000;

/** An AWS whose clock is an hour ahead of this machine's. */
const aheadByAnHour = () => {
  const simulator = createSimulator();
  accountOf(simulator.world, account).skew = hour;
  const credentials = async () => ({ accessKeyId: account, secretAccessKey: 'x' });
  const aws = connect({ credentials, endpoints: {}, requests: simulatedRequests(simulator) });
  const calls = () =>
    simulator.world.calls.splice(0).map(({ service, operation, status }) => `${service}:${operation} ${status}`);
  return { aws, calls };
};

describe('beside a clock that is minutes off', () => {
  test('the first call is refused and made again', async () => {
    const { aws, calls } = aheadByAnHour();
    expect(await aws.stacks.find('acme')).toBeUndefined();
    expect(calls()).toEqual(['cloudformation:DescribeStacks 403', 'cloudformation:DescribeStacks 400']);
  });

  test('what is missing is asked for once', async () => {
    const { aws, calls } = aheadByAnHour();
    await aws.identity.whoAmI();
    calls();
    await aws.stacks.find('acme');
    await aws.stacks.find('acme');
    expect(calls()).toEqual(['cloudformation:DescribeStacks 400', 'cloudformation:DescribeStacks 400']);
  });

  test('what one client has learned, all know', async () => {
    const { aws, calls } = aheadByAnHour();
    await aws.identity.whoAmI();
    expect(calls()).toEqual(['sts:GetCallerIdentity 403', 'sts:GetCallerIdentity 200']);
    await Promise.all([aws.reports.list(), aws.stacks.list(), aws.organizations.find()]);
    expect(calls().filter((call) => !call.endsWith(' 200'))).toEqual([]);
  });

  test('calls that are made together are each made again', async () => {
    const { aws, calls } = aheadByAnHour();
    await Promise.all([aws.stacks.find('acme'), aws.stacks.find('other')]);
    expect(calls().map((call) => call.slice(-3))).toEqual(['403', '403', '400', '400']);
  });
});
