import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { bucketNamed } from '../../src/simulator/services/s3/store.ts';
import { accountOf } from '../../src/simulator/world.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

const acme = '111122223333';
const Bucket = 'acme-billing';

let simulator = createSimulator();
let { s3 } = simulatedClients(simulator, acme);

beforeEach(async () => {
  simulator = createSimulator();
  ({ s3 } = simulatedClients(simulator, acme));
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const put = (Key: string, Body = 'text') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const version = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const listed = async (Prefix?: string) => {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  return { Versions, DeleteMarkers };
};
const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];

describe('versions', () => {
  test('a bucket that never had any calls the only one "null"', async () => {
    await put('a');
    await put('a');
    expect((await listed()).Versions).toMatchObject([{ Key: 'a', VersionId: 'null', IsLatest: true, Size: 4 }]);
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).not.toHaveProperty('Status');
  });

  test('what is written over stays, newest first, and can be read', async () => {
    await put('a', 'first');
    await version('Enabled');
    await put('a', 'second');
    await put('a', 'third');
    const { Versions } = await listed();
    expect(Versions.map(({ IsLatest }) => IsLatest)).toEqual([true, false, false]);
    expect(Versions.at(-1)?.VersionId).toBe('null');
    const read = async (VersionId?: string) =>
      (await s3.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId }))).Body?.transformToString();
    expect(await read('null')).toBe('first');
    expect(await read(Versions[1]?.VersionId)).toBe('second');
    expect(await read()).toBe('third');
  });

  test('a deletion leaves a marker, and taking the marker away brings the object back', async () => {
    await version('Enabled');
    await put('a', 'first');
    const { DeleteMarker, VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(DeleteMarker).toBe(true);
    expect(await keys()).toEqual([]);
    expect((await listed()).DeleteMarkers).toMatchObject([{ Key: 'a', VersionId, IsLatest: true }]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));
    expect(await keys()).toEqual(['a']);
  });

  test('where they are suspended, only the "null" version is replaced', async () => {
    await version('Enabled');
    await put('a', 'kept');
    await version('Suspended');
    await put('a', 'first');
    await put('a', 'second');
    const { Versions } = await listed();
    expect(Versions.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
  });

  test('are listed in pages, over the versions of one key too', async () => {
    await version('Enabled');
    for (const key of ['a', 'b', 'b', 'b', 'c']) await put(key);
    const seen: string[] = [];
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...marker }));
      seen.push(...(page.Versions ?? []).map(({ Key, VersionId }) => `${Key} ${VersionId}`));
      if (!page.IsTruncated) break;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(seen.map((each) => each.slice(0, 1)).join('')).toBe('abbbc');
    expect(new Set(seen).size).toBe(5);
  });

  test('keep a bucket from being deleted until each of them is gone', async () => {
    await version('Enabled');
    await put('a');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    const { Versions, DeleteMarkers } = await listed();
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toHaveLength(2);
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(bucketNamed(simulator.world, Bucket)).toBeUndefined();
  });
});

describe('a deletion of many', () => {
  test('answers 200, with an error for each that is locked or denied', async () => {
    await version('Enabled');
    for (const key of ['free', 'locked', 'denied']) await put(key);
    const objects = bucketNamed(simulator.world, Bucket)?.objects ?? {};
    const { locked } = objects;
    if (locked) objects.locked = { ...locked, lockedUntil: simulator.clock.now() + 60_000 };
    accountOf(simulator.world, acme).denials = [
      { action: 's3:DeleteObjectVersion', resource: `arn:aws:s3:::${Bucket}/denied` },
    ];
    const Objects = (await listed()).Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const answer = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    expect(answer.Deleted ?? []).toEqual([]);
    expect(answer.Errors).toMatchObject([
      { Key: 'denied', Code: 'AccessDenied', Message: expect.stringContaining('s3:DeleteObjectVersion') },
      { Key: 'locked', Code: 'AccessDenied', Message: 'Access Denied because object protected by object lock.' },
    ]);
    expect(await keys()).toEqual(['denied', 'locked']);
    simulator.clock.advance(60_001);
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await keys()).toEqual(['denied']);
  });
});

describe('multipart uploads', () => {
  test('that were begun are listed in pages, and aborted', async () => {
    for (const Key of ['a', 'b', 'b']) await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const first = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextKeyMarker: 'b' });
    const second = await s3.send(
      new ListMultipartUploadsCommand({
        Bucket,
        KeyMarker: first.NextKeyMarker,
        UploadIdMarker: first.NextUploadIdMarker,
      }),
    );
    const all = [...(first.Uploads ?? []), ...(second.Uploads ?? [])];
    expect(all.map(({ Key }) => Key)).toEqual(['a', 'b', 'b']);
    for (const { Key, UploadId } of all) await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await s3.send(new ListMultipartUploadsCommand({ Bucket }))).not.toHaveProperty('Uploads');
    const [gone] = all;
    await expect(
      s3.send(new AbortMultipartUploadCommand({ Bucket, Key: gone?.Key, UploadId: gone?.UploadId })),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
