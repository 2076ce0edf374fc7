import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { type Served, serve } from '../../src/simulator/server.ts';
import { type AwsCli, awsCli, awsCliInstalled } from '../support/aws-cli.ts';

const acme = '111122223333';
const simulator = createSimulator();
let served: Served;
let folder = '';
let cli: AwsCli;

beforeAll(async () => {
  served = await serve(simulator, { port: 0 });
  folder = await mkdtemp(join(tmpdir(), 'spot-cur-versions-'));
  cli = awsCli(acme, folder, () => served.port);
});
afterAll(async () => {
  cli.end();
  await served.close();
  await rm(folder, { recursive: true });
});

/** What a bucket goes through until nothing is left of it, at the endpoint that is named, or at moto; told without ids and times. */
const life = `
import json, sys
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

def client(endpoint):
    return boto3.client('s3', region_name='us-east-1', endpoint_url=endpoint, aws_access_key_id='${acme}',
        aws_secret_access_key='x', config=Config(s3={'addressing_style': 'path'}))

def refused(call, **given):
    try:
        call(**given)
        return 'accepted'
    except ClientError as error:
        return error.response['Error']['Code']

def versions(s3, **given):
    seen = s3.list_object_versions(Bucket='acme', **given)
    return {
        'versions': [[v['Key'], v['IsLatest'], v['Size'], v['VersionId'] == 'null'] for v in seen.get('Versions', [])],
        'markers': [[m['Key'], m['IsLatest']] for m in seen.get('DeleteMarkers', [])],
        'truncated': seen['IsTruncated'],
    }

def live(s3):
    told = []
    s3.create_bucket(Bucket='acme')
    s3.put_object(Bucket='acme', Key='a', Body=b'first')
    told.append(versions(s3))
    s3.put_bucket_versioning(Bucket='acme', VersioningConfiguration={'Status': 'Enabled'})
    for body in [b'second', b'the third']:
        s3.put_object(Bucket='acme', Key='a', Body=body)
    s3.put_object(Bucket='acme', Key='b/c', Body=b'other')
    told.append(versions(s3))
    told.append(versions(s3, MaxKeys=2))
    told.append('DeleteMarker' in s3.delete_object(Bucket='acme', Key='a'))
    told.append(versions(s3))
    told.append(versions(s3, Prefix='b/'))
    told.append([o['Key'] for o in s3.list_objects_v2(Bucket='acme').get('Contents', [])])
    told.append(refused(s3.delete_bucket, Bucket='acme'))
    upload = s3.create_multipart_upload(Bucket='acme', Key='half')
    told.append([u['Key'] for u in s3.list_multipart_uploads(Bucket='acme').get('Uploads', [])])
    s3.abort_multipart_upload(Bucket='acme', Key='half', UploadId=upload['UploadId'])
    told.append([u['Key'] for u in s3.list_multipart_uploads(Bucket='acme').get('Uploads', [])])
    told.append(refused(s3.abort_multipart_upload, Bucket='acme', Key='half', UploadId=upload['UploadId']))
    seen = s3.list_object_versions(Bucket='acme')
    [marker] = seen['DeleteMarkers']
    s3.delete_object(Bucket='acme', Key='a', VersionId=marker['VersionId'])
    told.append(versions(s3))
    doomed = [{'Key': v['Key'], 'VersionId': v['VersionId']} for v in seen['Versions']]
    gone = s3.delete_objects(Bucket='acme', Delete={'Objects': doomed})
    told.append(sorted(d['Key'] for d in gone['Deleted']))
    told.append(versions(s3))
    s3.delete_bucket(Bucket='acme')
    told.append(refused(s3.list_object_versions, Bucket='acme'))
    return told

if sys.argv[1] == 'moto':
    from moto import mock_aws
    with mock_aws():
        print(json.dumps(live(client(None))))
else:
    print(json.dumps(live(client(sys.argv[1]))))
`;

const hasMoto = (() => {
  try {
    execFileSync('python3', ['-c', 'import boto3, moto'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasMoto)(`versions through boto3${hasMoto ? '' : ' (skipped: python3 has no boto3 and moto)'}`, () => {
  test('are the same here as at moto, from the first to the last', async () => {
    const told = async (where: string) => {
      const env = { PATH: process.env.PATH, HOME: folder };
      return JSON.parse((await promisify(execFile)('python3', ['-c', life, where], { env })).stdout);
    };
    const here = await told(`http://127.0.0.1:${served.port}`);
    expect(here.length).toBeGreaterThan(10);
    expect(here).toEqual(await told('moto'));
  }, 120_000);
});

describe.skipIf(!awsCliInstalled)('versions through the AWS CLI', () => {
  test('are listed and deleted', async () => {
    const s3api = (...words: readonly string[]) => cli.ask('s3api', ...words);
    await s3api('create-bucket', '--bucket', 'billing');
    await s3api('put-bucket-versioning', '--bucket', 'billing', '--versioning-configuration', 'Status=Enabled');
    for (const _ of [1, 2]) await s3api('put-object', '--bucket', 'billing', '--key', 'a');
    await s3api('delete-object', '--bucket', 'billing', '--key', 'a');
    const { Versions, DeleteMarkers } = await s3api('list-object-versions', '--bucket', 'billing');
    expect([Versions.length, DeleteMarkers.length]).toEqual([2, 1]);
    await expect(s3api('delete-bucket', '--bucket', 'billing')).rejects.toThrow('BucketNotEmpty');
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Deleted } = await s3api('delete-objects', '--bucket', 'billing', '--delete', JSON.stringify({ Objects }));
    expect(Deleted).toHaveLength(3);
    await s3api('delete-bucket', '--bucket', 'billing');
  }, 120_000);
});
