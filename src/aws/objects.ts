import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { FailedCall } from './explain/error.ts';

export interface ObjectHead {
  readonly key: string;
  /** ms since the epoch, UTC. */
  readonly modified: number | undefined;
}

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
  /** Where the bucket is, when its URL says so. */
  readonly region?: string | undefined;
  /** Whether the object is a template that somebody offers, in a bucket that is not the connection's. */
  readonly offered?: true;
}

export interface Objects {
  /** @throws AccessDenied, which without s3:ListBucket also stands for a missing key */
  find(bucket: string, key: string): Promise<ObjectHead | undefined>;
  /** The most recently written object below `prefix` whose key ends in `suffix`. */
  findNewest(bucket: string, prefix: string, suffix: string): Promise<ObjectHead | undefined>;
  /** The first object in the order of the keys whose key begins with `prefix`. */
  findFirst(bucket: string, prefix: string): Promise<ObjectHead | undefined>;
  /** The object's bytes, at most `most` of them. @throws RangeError when it is larger */
  read(address: ObjectAddress, most: number): Promise<Uint8Array>;
}

/** The S3 clients that reading takes: our own, one for a bucket elsewhere, one that does not sign. */
export interface S3Clients {
  readonly own: () => S3Client;
  readonly at: (region: string) => S3Client;
  readonly unsigned: (region: string) => S3Client;
}

/** The body comes after the call, so nobody else says which one broke off. */
const broken = (bucket: string, key: string) => (error: unknown) => {
  const $call: FailedCall = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` };
  throw error instanceof Error ? Object.assign(error, { $call }) : error;
};

const statusOf = (error: unknown) => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

export const objects = ({ own, at, unsigned }: S3Clients, home: string): Objects => {
  const get = async (client: S3Client, { bucket, key, versionId }: ObjectAddress, most: number) => {
    const { Body, ContentLength } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) }),
    );
    const tooLarge = () => new RangeError(`s3://${bucket}/${key} is larger than ${most} bytes`);
    if ((ContentLength ?? 0) > most) throw tooLarge();
    const bytes = (await Body?.transformToByteArray().catch(broken(bucket, key))) ?? new Uint8Array();
    if (bytes.length > most) throw tooLarge();
    return bytes;
  };

  const readAt = async (where: string, address: ObjectAddress, most: number) => {
    try {
      return await get(where === home ? own() : at(where), address, most);
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
      return await get(unsigned(where), address, most).catch(() => {
        throw error;
      });
    }
  };

  const readAnywhere = async (address: ObjectAddress, most: number) => {
    const where = address.region ?? home;
    try {
      return await readAt(where, address, most);
    } catch (error) {
      // A URL without a region names a bucket anywhere, and CloudFormation follows it there.
      const found = address.region === undefined ? regionIn(error) : undefined;
      if (found === undefined || found === where) throw error;
      return await readAt(found, address, most);
    }
  };

  return {
    async find(Bucket, Key) {
      try {
        const { LastModified } = await own().send(new HeadObjectCommand({ Bucket, Key }));
        return { key: Key, modified: LastModified?.getTime() };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },

    async findNewest(Bucket, Prefix, suffix) {
      let newest: ObjectHead | undefined;
      let ContinuationToken: string | undefined;
      do {
        const page = await own().send(
          new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) }),
        );
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (!Key?.endsWith(suffix)) continue;
          const modified = LastModified?.getTime();
          if (!newest || (modified ?? 0) > (newest.modified ?? 0)) newest = { key: Key, modified };
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      return newest;
    },

    async findFirst(Bucket, Prefix) {
      const { Contents = [] } = await own().send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }));
      const [first] = Contents;
      return first?.Key === undefined ? undefined : { key: first.Key, modified: first.LastModified?.getTime() };
    },

    async read(address, most) {
      try {
        return await readAnywhere(address, most);
      } catch (error) {
        if (address.offered && error instanceof Error) Object.assign(error, { $offered: true });
        throw error;
      }
    },
  };
};

/** Where S3 says that a bucket is, when it was looked for elsewhere. */
const regionIn = (error: unknown): string | undefined => {
  const headers = (error as { $response?: { headers?: Readonly<Record<string, string>> } }).$response?.headers;
  const region = headers?.['x-amz-bucket-region'];
  return [301, 307, 400].includes(statusOf(error) ?? 0) && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region ?? '')
    ? region
    : undefined;
};
