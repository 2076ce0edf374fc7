import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LambdaFunctionConfiguration,
  ListBucketsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  type QueueConfiguration,
  type S3Client,
  type TopicConfiguration,
} from '@aws-sdk/client-s3';
import type { Glance } from './glance.ts';
import { glance } from './glance.ts';
import { type Receipt, receipt } from './receipt.ts';
import { region } from './region.ts';
import { unreadableAnswer } from './unreadable.ts';

/** Whose a bucket name is. S3's names are global: one account in the world owns each. */
export type BucketStanding =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours' }
  | { readonly kind: 'foreign' }
  /** Ours, but outside us-east-1. */
  | { readonly kind: 'elsewhere'; readonly region: string }
  /** Ours, and the credentials may not reach it. */
  | { readonly kind: 'closed' }
  /** Someone else's or ours and denied: nothing that may be read decides. */
  | { readonly kind: 'unclear' };

/** One entry of a bucket's notification configuration. */
export interface Notification {
  /** S3's id of the entry. */
  readonly id: string;
  /** Who is told: an ARN, or EventBridge. */
  readonly target: string;
  /** The entry by AWS's field names, to be put back. */
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface Buckets {
  /** `mentioned`: whether the account's reports name this bucket, which proves it ours where listing is denied. */
  standing(name: string, account: string, mentioned: () => Promise<boolean>): Promise<BucketStanding>;
  /**
   * When S3 says that a bucket of this account was made, ms; undefined when it lists none of this name. An edit of the bucket can make
   * it later (the API reference of ListBuckets), never earlier.
   */
  findCreated(name: string): Promise<number | undefined>;
  /** The policy document as it stands, undefined when there is none. */
  findPolicy(name: string): Promise<string | undefined>;
  /** What the bucket tells others when objects change. */
  listNotifications(name: string): Promise<readonly Notification[]>;
  /** True when all four settings of Block Public Access are on. */
  blocksPublicAccess(name: string): Promise<boolean>;
  /** The KMS key that new objects are encrypted with unless they say otherwise; undefined for S3's own encryption. */
  findDefaultKey(name: string): Promise<string | undefined>;
  /** Who owns what others write: BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter. */
  ownership(name: string): Promise<string>;
  /** Creates it in us-east-1. Never called on a bucket that stands: S3 would answer 200 and reset its ACLs. */
  create(name: string): Promise<Receipt>;
  blockPublicAccess(name: string, account: string): Promise<Receipt>;
  putPolicy(name: string, account: string, policy: string): Promise<Receipt>;
  /** Takes the whole policy away. */
  deletePolicy(name: string, account: string): Promise<Receipt>;
  /** Deletes the empty bucket; one that is gone already is what was asked for. @throws BucketNotEmpty */
  delete(name: string, account: string): Promise<Receipt>;
  /** Replaces the whole configuration: what is not among them is gone. @throws InvalidArgument when they overlap, or a target refuses */
  putNotifications(name: string, account: string, notifications: readonly Notification[]): Promise<Receipt>;
}

/** The bucket's one notification that has neither id nor ARN. */
const eventBridge = 'EventBridge';

interface HeadFailure {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** What HeadBucket says of a name: its status, and the region where the answer tells. Errors of HEAD carry no body. */
const head = async (s3: S3Client, Bucket: string, ExpectedBucketOwner?: string) => {
  try {
    const { BucketRegion } = await s3.send(
      new HeadBucketCommand({ Bucket, ...(ExpectedBucketOwner && { ExpectedBucketOwner }) }),
    );
    return { status: 200, region: BucketRegion };
  } catch (error) {
    const { $metadata, $response } = error as HeadFailure;
    const status = $metadata?.httpStatusCode;
    if (status === undefined || ![301, 307, 400, 403, 404].includes(status)) throw error;
    const found = $response?.headers?.['x-amz-bucket-region'];
    if (status === 400 && found === undefined) throw error;
    return { status, region: found };
  }
};

const listed = async (s3: S3Client, name: string) => {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.find((bucket) => bucket.Name === name);
};

const owned = (s3: S3Client, name: string): Promise<Glance<boolean>> =>
  glance(listed(s3, name).then((bucket) => bucket !== undefined));

export const buckets = (s3: () => S3Client): Buckets => ({
  async standing(name, account, mentioned) {
    const { status, region: home } = await head(s3(), name);
    if (status === 404) return { kind: 'free' };
    const here = status === 200 && (home === undefined || home === region);
    if (here && (await head(s3(), name, account)).status === 200) return { kind: 'ours' };
    const own = await owned(s3(), name);
    if ((own.known && own.value) || (await mentioned()))
      return status === 403 ? { kind: 'closed' } : { kind: 'elsewhere', region: home ?? 'another region' };
    return own.known || status === 200 ? { kind: 'foreign' } : { kind: 'unclear' };
  },

  findCreated: async (name) => (await listed(s3(), name))?.CreationDate?.getTime(),

  async findPolicy(Bucket) {
    try {
      const answer = await s3().send(new GetBucketPolicyCommand({ Bucket }));
      // S3 has another answer for no policy, and one that is overlooked would be overwritten.
      if (answer.Policy === undefined) throw unreadableAnswer('s3:GetBucketPolicy', answer);
      return answer.Policy;
    } catch (error) {
      if ((error as Error).name === 'NoSuchBucketPolicy') return undefined;
      throw error;
    }
  },

  async listNotifications(Bucket) {
    const seen = await s3().send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    const entries = [
      ...(seen.TopicConfigurations ?? []).map((entry) => ({ entry, target: entry.TopicArn })),
      ...(seen.QueueConfigurations ?? []).map((entry) => ({ entry, target: entry.QueueArn })),
      ...(seen.LambdaFunctionConfigurations ?? []).map((entry) => ({ entry, target: entry.LambdaFunctionArn })),
    ];
    return [
      ...entries.map(({ entry, target = '' }) => ({ id: entry.Id ?? target, target, entry: { ...entry } })),
      ...(seen.EventBridgeConfiguration ? [{ id: eventBridge, target: eventBridge, entry: {} }] : []),
    ];
  },

  async blocksPublicAccess(Bucket) {
    try {
      const { PublicAccessBlockConfiguration: block } = await s3().send(new GetPublicAccessBlockCommand({ Bucket }));
      return Boolean(
        block?.BlockPublicAcls && block.IgnorePublicAcls && block.BlockPublicPolicy && block.RestrictPublicBuckets,
      );
    } catch (error) {
      if ((error as Error).name === 'NoSuchPublicAccessBlockConfiguration') return false;
      throw error;
    }
  },

  async findDefaultKey(Bucket) {
    try {
      const seen = await s3().send(new GetBucketEncryptionCommand({ Bucket }));
      const [rule] = seen.ServerSideEncryptionConfiguration?.Rules ?? [];
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
      return SSEAlgorithm?.startsWith('aws:kms') ? (KMSMasterKeyID ?? 'aws/s3') : undefined;
    } catch (error) {
      if ((error as Error).name === 'ServerSideEncryptionConfigurationNotFoundError') return undefined;
      throw error;
    }
  },

  async ownership(Bucket) {
    try {
      const { OwnershipControls } = await s3().send(new GetBucketOwnershipControlsCommand({ Bucket }));
      return OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
    } catch (error) {
      // What buckets had before there were controls.
      if ((error as Error).name === 'OwnershipControlsNotFoundError') return 'ObjectWriter';
      throw error;
    }
  },

  async create(Bucket) {
    return receipt(await s3().send(new CreateBucketCommand({ Bucket })));
  },

  async blockPublicAccess(Bucket, ExpectedBucketOwner) {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    return receipt(
      await s3().send(new PutPublicAccessBlockCommand({ Bucket, ExpectedBucketOwner, PublicAccessBlockConfiguration })),
    );
  },

  async putPolicy(Bucket, ExpectedBucketOwner, Policy) {
    return receipt(await s3().send(new PutBucketPolicyCommand({ Bucket, ExpectedBucketOwner, Policy })));
  },

  async deletePolicy(Bucket, ExpectedBucketOwner) {
    return receipt(await s3().send(new DeleteBucketPolicyCommand({ Bucket, ExpectedBucketOwner })));
  },

  async delete(Bucket, ExpectedBucketOwner) {
    try {
      return receipt(await s3().send(new DeleteBucketCommand({ Bucket, ExpectedBucketOwner })));
    } catch (error) {
      const { name, $metadata } = error as Error & { $metadata?: { requestId?: string } };
      if (name !== 'NoSuchBucket') throw error;
      return { requestId: $metadata?.requestId };
    }
  },

  async putNotifications(Bucket, ExpectedBucketOwner, notifications) {
    const withTarget = (key: string) =>
      notifications.map(({ entry }) => entry).filter((entry) => typeof entry[key] === 'string');
    const NotificationConfiguration = {
      TopicConfigurations: withTarget('TopicArn') as unknown as TopicConfiguration[],
      QueueConfigurations: withTarget('QueueArn') as unknown as QueueConfiguration[],
      LambdaFunctionConfigurations: withTarget('LambdaFunctionArn') as unknown as LambdaFunctionConfiguration[],
      ...(notifications.some(({ target }) => target === eventBridge) && { EventBridgeConfiguration: {} }),
    };
    return receipt(
      await s3().send(
        new PutBucketNotificationConfigurationCommand({ Bucket, ExpectedBucketOwner, NotificationConfiguration }),
      ),
    );
  },
});
