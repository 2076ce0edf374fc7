import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Receipt } from './receipt.ts';
import { unreadableAnswer } from './unreadable.ts';

/** Some of what a bucket holds: all below a prefix, or the one key. */
export interface Scope {
  readonly prefix: string;
  readonly exact?: boolean;
  /** Which keys are to be expected there; all of them when absent. */
  readonly expected?: (key: string) => boolean;
}

export interface Tally {
  /** Versions and delete markers. */
  readonly versions: number;
  readonly bytes: number;
  /** Multipart uploads that were begun and never completed. */
  readonly uploads: number;
}

/** Keys of what was counted that are not as one would expect: a few, if there are many. */
export interface Counted extends Tally {
  readonly unusual: readonly string[];
}

const mostNamed = 4;

/** What S3 did not delete, and why. */
export interface Undeleted {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** What a bucket holds in all its versions. Every call names the owner, so that no other's bucket is ever looked into. */
export interface Contents {
  count(bucket: string, account: string, scope: Scope): Promise<Counted>;
  /** The first key outside of what `isOurs` knows, delete markers and unfinished uploads included. */
  /** Keys that are not ours: a few, if there are many. */
  findOthers(bucket: string, account: string, isOurs: (key: string) => boolean): Promise<readonly string[]>;
  /**
   * Deletes all in the scope, a page of at most 1000 after the other, and aborts its uploads. `tell` is given how many are gone
   * so far, `check` is called between two requests and may throw. What S3 refuses comes back.
   */
  empty(
    bucket: string,
    account: string,
    scope: Scope,
    under: { tell(gone: number): void; check(): void },
  ): Promise<Receipt & { readonly undeleted: readonly Undeleted[] }>;
}

interface Version {
  readonly Key: string;
  readonly VersionId: string | undefined;
  readonly bytes: number;
}

interface Upload {
  readonly Key: string;
  readonly UploadId: string;
}

interface Page {
  readonly $metadata: object;
  readonly IsTruncated?: boolean | undefined;
  readonly NextKeyMarker?: string | undefined;
}

/** A list that can't be one must not look like an empty bucket, nor lead in a circle. */
const checkPage = (action: string, page: Page, from: { readonly KeyMarker?: string | undefined }): void => {
  const onward = !page.IsTruncated || (page.NextKeyMarker ?? '') >= (from.KeyMarker ?? '');
  if (page.IsTruncated === undefined || !onward || (page.IsTruncated && !page.NextKeyMarker))
    throw unreadableAnswer(action, page);
};

/** A bucket that is gone holds nothing; HeadBucket may show it a while longer. */
const unlessGone = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error) => {
    if ((error as Error).name === 'NoSuchBucket') return undefined;
    throw error;
  });

export const contents = (s3: () => S3Client): Contents => {
  async function* versions(Bucket: string, ExpectedBucketOwner: string, { prefix, exact }: Scope) {
    let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (from) {
      const page: ListObjectVersionsCommandOutput | undefined = await unlessGone(
        s3().send(
          new ListObjectVersionsCommand({ Bucket, ExpectedBucketOwner, ...(prefix && { Prefix: prefix }), ...from }),
        ),
      );
      if (!page) return;
      checkPage('s3:ListBucketVersions', page, from);
      const found: Version[] = [
        ...(page.Versions ?? []).map(({ Key = '', VersionId, Size = 0 }) => ({ Key, VersionId, bytes: Size })),
        ...(page.DeleteMarkers ?? []).map(({ Key = '', VersionId }) => ({ Key, VersionId, bytes: 0 })),
      ];
      yield found.filter(({ Key }) => !exact || Key === prefix);
      from = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
  }

  async function* uploads(Bucket: string, ExpectedBucketOwner: string, { prefix, exact }: Scope) {
    let from: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
    while (from) {
      const page: ListMultipartUploadsCommandOutput | undefined = await unlessGone(
        s3().send(
          new ListMultipartUploadsCommand({ Bucket, ExpectedBucketOwner, ...(prefix && { Prefix: prefix }), ...from }),
        ),
      );
      if (!page) return;
      checkPage('s3:ListBucketMultipartUploads', page, from);
      const found: Upload[] = (page.Uploads ?? []).map(({ Key = '', UploadId = '' }) => ({ Key, UploadId }));
      yield found.filter(({ Key }) => !exact || Key === prefix);
      from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined;
    }
  }

  const abort = async (Bucket: string, ExpectedBucketOwner: string, { Key, UploadId }: Upload): Promise<void> => {
    try {
      await s3().send(new AbortMultipartUploadCommand({ Bucket, ExpectedBucketOwner, Key, UploadId }));
    } catch (error) {
      if ((error as Error).name !== 'NoSuchUpload') throw error;
    }
  };

  return {
    async count(bucket, account, scope) {
      const { expected = () => true } = scope;
      const tally = { versions: 0, bytes: 0, uploads: 0 };
      const unusual = new Set<string>();
      for await (const page of versions(bucket, account, scope)) {
        tally.versions += page.length;
        tally.bytes += page.reduce((sum, { bytes }) => sum + bytes, 0);
        for (const { Key } of page) if (unusual.size < mostNamed && !expected(Key)) unusual.add(Key);
      }
      for await (const page of uploads(bucket, account, scope)) tally.uploads += page.length;
      return { ...tally, unusual: [...unusual] };
    },

    async findOthers(bucket, account, isOurs) {
      const others = new Set<string>();
      for (const all of [versions, uploads])
        for await (const page of all(bucket, account, { prefix: '' })) {
          for (const { Key } of page) if (!isOurs(Key)) others.add(Key);
          if (others.size >= mostNamed) return [...others].slice(0, mostNamed);
        }
      return [...others];
    },

    async empty(Bucket, ExpectedBucketOwner, scope, { tell, check }) {
      const undeleted: Undeleted[] = [];
      let requestId: string | undefined;
      let gone = 0;
      for await (const page of versions(Bucket, ExpectedBucketOwner, scope)) {
        check();
        if (page.length === 0) continue;
        const Objects = page.map(({ Key, VersionId }) => ({ Key, ...(VersionId && { VersionId }) }));
        const answer = await s3().send(
          new DeleteObjectsCommand({ Bucket, ExpectedBucketOwner, Delete: { Objects, Quiet: true } }),
        );
        requestId = answer.$metadata.requestId;
        for (const { Key = '', Code = '', Message = '' } of answer.Errors ?? [])
          undeleted.push({ key: Key, code: Code, message: Message });
        gone += page.length - (answer.Errors ?? []).length;
        tell(gone);
      }
      for await (const page of uploads(Bucket, ExpectedBucketOwner, scope))
        for (const each of page) {
          check();
          await abort(Bucket, ExpectedBucketOwner, each);
        }
      return { requestId, undeleted };
    },
  };
};
