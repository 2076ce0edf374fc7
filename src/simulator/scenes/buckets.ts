import { documentedPolicy } from '../services/cur/permission.ts';
import { deliveryPolicy, denial, exceptDeliveries, policyOf, rewritePolicy, wholeBucket } from './policies.ts';
import type { Mend, Scene } from './scene.ts';
import { procedureName, type Stage, sceneAccount } from './stage.ts';

const otherName = `${procedureName}-${sceneAccount}`;
const stranger = '444455556666';

const open = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

const excepted: Mend = {
  told: 'Whoever keeps the bucket policy excepts the service that delivers, as it was shown.',
  apply: exceptDeliveries,
};

const allowed: Mend = {
  told: 'The role is allowed what it lacked.',
  apply: (stage) => stage.allow(),
};

/** The procedure's bucket, with a policy. */
const under = (policy: string) => (stage: Stage) => void stage.bucket(procedureName, { policy });

/** Somebody of another account may read the bucket, as a tool for costs has asked. */
const readers = {
  Sid: 'CostReaders',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${stranger}:root` },
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: wholeBucket,
};

/** The statement that AWS's console writes, for reports and for data exports at once. */
const consoleForm = {
  Sid: 'EnableAWSDataExportsToWriteToS3AndCheckPolicy',
  Effect: 'Allow',
  Principal: { Service: ['billingreports.amazonaws.com', 'bcm-data-exports.amazonaws.com'] },
  Action: ['s3:PutObject', 's3:GetBucketPolicy'],
  Resource: wholeBucket,
  Condition: {
    StringLike: {
      'aws:SourceAccount': sceneAccount,
      'aws:SourceArn': [
        `arn:aws:cur:us-east-1:${sceneAccount}:definition/*`,
        `arn:aws:bcm-data-exports:us-east-1:${sceneAccount}:export/*`,
      ],
    },
  },
};

/** Whose bucket it is, how it is set up, and what its policy says. */
export const buckets: readonly Scene[] = [
  {
    name: 'bucket-ours',
    title: "A bucket of the procedure's name is there, and it is this account's.",
    arrange: (stage) => void stage.bucket(procedureName),
  },
  {
    name: 'bucket-foreign',
    title: "The procedure's bucket name belongs to another account.",
    arrange: (stage) => void stage.bucket(procedureName, { owner: stranger }),
  },
  {
    name: 'both-names-taken',
    title: "The procedure's bucket name and the one with the account id belong to other accounts.",
    arrange: (stage) => {
      stage.bucket(procedureName, { owner: stranger });
      stage.bucket(otherName, { owner: stranger });
    },
    mend: { told: 'The customer chooses a name.', flags: { bucket: 'acme-billing' } },
  },
  {
    name: 'bucket-elsewhere',
    title: "The bucket is this account's, in Ireland.",
    arrange: (stage) => void stage.bucket(procedureName, { region: 'eu-west-1' }),
    mend: { told: 'A bucket of another name is made in us-east-1.', flags: { bucket: otherName } },
  },
  {
    name: 'bucket-closed',
    title: "The bucket is this account's, and the role may not reach it.",
    arrange: (stage) => {
      stage.bucket(procedureName);
      stage.deny({ action: 's3:ListBucket', resource: `arn:aws:s3:::${procedureName}` });
    },
    mend: allowed,
  },
  {
    name: 'bucket-unclear',
    title: 'The bucket is there, and the role may not see whose it is.',
    arrange: (stage) => {
      stage.bucket(procedureName);
      stage.denyAll(['s3:ListBucket', 's3:ListAllMyBuckets']);
    },
    mend: allowed,
  },
  {
    name: 'bucket-kms',
    title: 'The bucket encrypts with a KMS key that AWS may not deliver with.',
    arrange: (stage) =>
      void stage.bucket(procedureName, {
        policy: deliveryPolicy(),
        kmsKey: `arn:aws:kms:us-east-1:${sceneAccount}:key/5f1c9a5e-0000-4000-8000-1d2c3b4a5968`,
        kmsClosed: true,
      }),
    mend: {
      told: "The policy of the key lets AWS's delivery encrypt with it.",
      apply: ({ world }) => {
        const bucket = world.buckets[procedureName];
        if (bucket) bucket.kmsClosed = false;
      },
    },
  },
  {
    name: 'bucket-open',
    title: 'Block Public Access is off for the bucket.',
    arrange: (stage) => void stage.bucket(procedureName, { publicAccessBlock: { ...open } }),
  },
  {
    name: 'bucket-object-writer',
    title: 'What is written to the bucket belongs to whoever writes it.',
    arrange: (stage) => void stage.bucket(procedureName, { ownership: 'ObjectWriter' }),
  },
  {
    name: 'policy-foreign',
    title: "The bucket's policy has statements of others.",
    arrange: under(policyOf(readers)),
  },
  {
    name: 'policy-console-form',
    title: "The bucket's policy is the one that AWS's console writes.",
    arrange: under(policyOf(consoleForm)),
  },
  {
    name: 'policy-wrong-region',
    title: "The bucket's policy names a region in the source, so that AWS may not deliver.",
    arrange: under(
      documentedPolicy({ account: sceneAccount, bucket: procedureName }).replaceAll(
        ':cur:us-east-1:',
        ':cur:eu-west-1:',
      ),
    ),
  },
  {
    name: 'policy-denies',
    title: "The bucket's policy denies everybody.",
    arrange: under(policyOf(denial('Frozen'))),
    mend: excepted,
  },
  {
    name: 'policy-tls-only',
    title: "The bucket's policy denies plain http.",
    arrange: under(policyOf(denial('TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }))),
  },
  {
    name: 'policy-org-only',
    title: "The bucket's policy denies all but the organization's own people.",
    arrange: under(deliveryPolicy(denial('OurPeople', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1122223333' } }))),
    mend: excepted,
  },
  {
    name: 'policy-endpoint-only',
    title: "The bucket's policy denies all but one VPC endpoint.",
    arrange: under(policyOf(denial('OurNetwork', { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } }))),
    mend: excepted,
  },
  {
    name: 'policy-perimeter',
    title: "The bucket's policy denies all but the organization's own people and AWS's services.",
    arrange: under(
      policyOf(
        denial('Perimeter', {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1122223333' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ),
    ),
  },
  {
    name: 'policy-needs-header',
    title: "The bucket's policy denies what is written without asking for encryption.",
    arrange: under(deliveryPolicy(denial('AskForKms', { Null: { 's3:x-amz-server-side-encryption': 'true' } }))),
    mend: excepted,
  },
  {
    name: 'policy-foreign-sid',
    title: "The bucket's policy has a statement of others under a name of this program's.",
    arrange: under(policyOf({ ...readers, Sid: 'SpotCurReaders' })),
    mend: {
      told: 'Somebody renames that statement.',
      apply: ({ world }) =>
        rewritePolicy(world.buckets[procedureName], (statement) => ({ ...statement, Sid: 'CostReaders' })),
    },
  },
  {
    name: 'policy-unreadable',
    title: "The bucket's policy is no policy, as some stores that stand in for S3 let it be.",
    arrange: under('{"Version": "2012-10-17", "Statement": ['),
    mend: {
      told: 'Somebody puts the policy right.',
      apply: ({ world }) => {
        const bucket = world.buckets[procedureName];
        if (bucket) delete bucket.policy;
      },
    },
  },
  {
    name: 'policy-slow',
    title: 'AWS takes a while to see the bucket policy that was just written.',
    arrange: (stage) =>
      stage.fail({
        operation: 'cur:PutReportDefinition',
        code: 'ValidationException',
        message: `Failed to verify customer bucket permission. accountId= ${sceneAccount}, bucket name: ${procedureName}, bucket region: us-east-1`,
        times: 3,
      }),
  },
  {
    name: 'policy-never-seen',
    title: 'AWS does not see the bucket policy for longer than it usually takes.',
    arrange: (stage) =>
      stage.fail({
        operation: 'cur:PutReportDefinition',
        code: 'ValidationException',
        message: `Failed to verify customer bucket permission. accountId= ${sceneAccount}, bucket name: ${procedureName}, bucket region: us-east-1`,
      }),
    mend: { told: 'An hour later AWS sees it.', apply: (stage) => stage.relent() },
  },
];
