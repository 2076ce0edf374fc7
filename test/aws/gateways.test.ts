import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/aws/connect.ts';
import type { Requests } from '../../src/aws/requests.ts';
import { simulatedRequests } from '../../src/rehearsal.ts';
import { createSimulator } from '../../src/simulator/handler.ts';
import { wantedDefinition } from '../../src/steps/report/definition.ts';

const account = '111122223333';
const name = 'acme-billing';
const start = Date.UTC(2026, 10, 23, 9);

let simulator = createSimulator();
beforeEach(() => {
  simulator = createSimulator({ wall: () => start });
});

/** AWS for an account, without the operations that `denies` says. */
const awsOf = (id: string, denies: (path: string, method: string) => boolean = () => false) => {
  const simulated = simulatedRequests(simulator);
  const denied = {
    response: {
      statusCode: 403,
      headers: {},
      body: Buffer.from('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'),
    },
  };
  const requests: Requests = {
    handle: async (request, options) =>
      denies(`${request.hostname}${request.path}`, request.method)
        ? (denied as never)
        : simulated.handle(request, options),
  };
  return connect({ credentials: async () => ({ accessKeyId: id, secretAccessKey: 'x' }), endpoints: {}, requests });
};
const bucket = (owner: string, region = 'us-east-1') => {
  simulator.world.buckets[name] = { name, owner, region, created: start, objects: {} };
};
const noHead = (_: string, method: string) => method === 'HEAD';
const noList = (path: string) => path.startsWith('s3.us-east-1.amazonaws.com/') || path === 's3.amazonaws.com/';

describe('whose a bucket name is', () => {
  const standing = (denies?: Parameters<typeof awsOf>[1], mentioned = false) =>
    awsOf(account, denies).buckets.standing(name, account, async () => mentioned);

  test('nobody’s', async () => expect(await standing()).toEqual({ kind: 'free' }));

  test('ours', async () => {
    bucket(account);
    expect(await standing()).toEqual({ kind: 'ours' });
  });

  test('ours, in another region', async () => {
    bucket(account, 'eu-west-1');
    expect(await standing()).toEqual({ kind: 'elsewhere', region: 'eu-west-1' });
  });

  test.each(['us-east-1', 'eu-west-1'])('someone else’s, in %s', async (region) => {
    bucket('444455556666', region);
    expect(await standing()).toEqual({ kind: 'foreign' });
  });

  test('ours, and closed to these credentials', async () => {
    bucket(account);
    expect(await standing(noHead)).toEqual({ kind: 'closed' });
  });

  test('ours by a report that names it, where listing is denied', async () => {
    bucket(account);
    const denies = (path: string, method: string) => noHead(path, method) || noList(path);
    expect(await standing(denies, true)).toEqual({ kind: 'closed' });
    expect(await standing(denies, false)).toEqual({ kind: 'unclear' });
  });

  test('someone else’s or ours, where listing is denied', async () => {
    bucket('444455556666');
    expect(await standing(noList)).toEqual({ kind: 'unclear' });
  });
});

describe('buckets', () => {
  test('are made closed to the public, and their policy is read back', async () => {
    const { buckets } = awsOf(account);
    expect((await buckets.create(name)).requestId).toMatch(/./);
    expect(await buckets.blocksPublicAccess(name)).toBe(true);
    expect(await buckets.findPolicy(name)).toBeUndefined();
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'billingreports.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${name}/*`,
        },
      ],
    });
    await buckets.putPolicy(name, account, policy);
    expect(JSON.parse((await buckets.findPolicy(name)) ?? '')).toEqual(JSON.parse(policy));
  });

  test('of others take no policy of ours', async () => {
    bucket('444455556666');
    await expect(awsOf(account).buckets.putPolicy(name, account, '{}')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('reports', () => {
  test('are listed over all pages', async () => {
    const aws = awsOf(account);
    const names = Array.from({ length: 7 }, (_, at) => `report-${at}`);
    await aws.buckets.create(name);
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'billingreports.amazonaws.com' },
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    };
    await aws.buckets.putPolicy(name, account, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    for (const each of names)
      await aws.reports.put(wantedDefinition({ reportName: each, bucket: name, prefix: 'eco' }));
    const found = await aws.reports.list();
    expect(found.map(({ ReportName }) => ReportName).sort()).toEqual(names);
    expect(found[0]).toMatchObject({ lastDelivery: undefined, lastStatus: undefined });
  });

  test('are refused with the call that failed', async () =>
    expect(
      awsOf(account).reports.put(wantedDefinition({ reportName: 'a', bucket: name, prefix: 'eco' })),
    ).rejects.toMatchObject({ $call: { action: 'cur:PutReportDefinition' } }));
});

describe('what is missing is undefined', () => {
  test('stacks, change sets, crawlers, tables, objects', async () => {
    bucket(account);
    const aws = awsOf(account);
    expect(await aws.stacks.find('None')).toBeUndefined();
    expect(await aws.stacks.listEvents('None')).toEqual([]);
    expect(await aws.stacks.findTemplate({ stack: 'None' })).toBeUndefined();
    expect(await aws.crawlers.find('none')).toBeUndefined();
    expect(await aws.crawlers.findTables('none')).toBeUndefined();
    expect(await aws.objects.find(name, 'none')).toBeUndefined();
    expect(await aws.objects.findNewest(name, '', '/x')).toBeUndefined();
  });
});

test('an object is read where its bucket is, when its URL names no region', async () => {
  bucket(account, 'eu-west-1');
  const content = Buffer.from('12345').toString('base64');
  Object.assign(simulator.world.buckets[name]?.objects ?? {}, {
    x: { content, contentType: 'text/plain', modified: start },
  });
  const { objects } = awsOf(account);
  expect(Buffer.from(await objects.read({ bucket: name, key: 'x' }, 5)).toString()).toBe('12345');
  await expect(objects.read({ bucket: name, key: 'x', region: 'eu-west-2' }, 5)).rejects.toMatchObject({
    name: 'PermanentRedirect',
  });
  // Whose it is, the explanation has to know: nobody here can move another's bucket.
  const offered = { bucket: name, key: 'x', region: 'eu-west-2', offered: true } as const;
  await expect(objects.read(offered, 5)).rejects.toMatchObject({ name: 'PermanentRedirect', $offered: true });
});

test('an object is never read beyond the most bytes that are wanted', async () => {
  bucket(account);
  const content = Buffer.from('12345').toString('base64');
  Object.assign(simulator.world.buckets[name]?.objects ?? {}, {
    x: { content, contentType: 'text/plain', modified: start },
  });
  const { objects } = awsOf(account);
  expect(Buffer.from(await objects.read({ bucket: name, key: 'x' }, 5)).toString()).toBe('12345');
  await expect(objects.read({ bucket: name, key: 'x' }, 4)).rejects.toBeInstanceOf(RangeError);
});
