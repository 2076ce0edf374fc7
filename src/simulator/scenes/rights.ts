import type { Mend, Scene } from './scene.ts';
import { procedureName, type Stage, sceneAccount } from './stage.ts';

const bucketArn = `arn:aws:s3:::${procedureName}`;
const reportArn = `arn:aws:cur:us-east-1:${sceneAccount}:definition/${procedureName}`;

const allowed: Mend = {
  told: 'Whoever keeps the role adds the statement that was shown.',
  apply: (stage) => stage.allow(),
};

/** Roles that may do this work seldom may ask IAM what they may do. */
const withoutSimulation = (stage: Stage): void => {
  stage.role('SpotSetup', '/msp/');
  stage.deny({ action: 'iam:SimulatePrincipalPolicy' });
};

/** What AWS says where the root user has never let IAM into the billing: it names no kind of policy. */
const billingClosed = (operation: string) => ({
  operation: `cur:${operation}`,
  code: 'AccessDeniedException',
  message: `User: arn:aws:sts::${sceneAccount}:assumed-role/SpotSetup/session is not authorized to perform: cur:${operation}`,
});

const locked = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'KeeperOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutBucketPolicy',
      Resource: bucketArn,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${sceneAccount}:role/Keeper` } },
    },
  ],
};

const unlock = (stage: Stage): void => {
  stage.allow();
  const bucket = stage.world.buckets[procedureName];
  if (bucket) delete bucket.policy;
};

/** What the role may not do, and which policy is in the way. */
export const rights: readonly Scene[] = [
  {
    name: 'create-bucket-denied',
    title: 'The role may not create buckets.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 's3:CreateBucket' });
    },
    mend: allowed,
  },
  {
    name: 'put-report-denied',
    title: 'The role may create the bucket, and no report.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'cur:PutReportDefinition', resource: reportArn });
    },
    mend: allowed,
  },
  {
    name: 'billing-access-off',
    title: 'IAM allows all that it takes, and the root user has never let IAM into the billing.',
    arrange(stage) {
      withoutSimulation(stage);
      for (const operation of ['DescribeReportDefinitions', 'PutReportDefinition', 'ModifyReportDefinition'])
        stage.fail(billingClosed(operation));
    },
    mend: {
      told: 'The root user activates "IAM user and role access to Billing information".',
      apply: (stage) => stage.relent(),
    },
  },
  {
    name: 'boundary',
    title: "A permissions boundary leaves CloudFormation out of what the role's own policies allow.",
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'cloudformation:Create*', by: 'boundary' });
    },
    mend: { told: 'Whoever keeps the boundary puts CloudFormation into it.', apply: (stage) => stage.allow() },
  },
  {
    name: 'explicit-deny',
    title: "The role's policies deny to touch any bucket's policy, whatever else allows it.",
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 's3:PutBucketPolicy', explicit: true });
    },
    mend: { told: 'Whoever keeps the role takes the denial back.', apply: (stage) => stage.allow() },
  },
  {
    name: 'bucket-policy-locked',
    title: "The bucket's own policy lets nobody but its keeper change it.",
    arrange(stage) {
      withoutSimulation(stage);
      stage.bucket(procedureName, { policy: JSON.stringify(locked) });
      stage.deny({ action: 's3:PutBucketPolicy', resource: bucketArn, by: 'resource', explicit: true });
    },
    mend: { told: "The bucket's keeper takes the denial out of its policy.", apply: unlock },
  },
  {
    name: 'session-policy',
    title: "The session was begun with a policy of its own, which leaves the crawler's schedule out.",
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'glue:*Schedule', by: 'session' });
    },
    mend: { told: 'The session is begun anew, without a policy of its own.', apply: (stage) => stage.allow() },
  },
  {
    name: 'create-role-denied',
    title: 'The role may create stacks, and no roles in them.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'iam:CreateRole' });
    },
    mend: allowed,
  },
  {
    name: 'roll-back-denied',
    title: 'The role may create roles and may not delete them, and the stack fails: it stays half rolled back.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.denyAll(['iam:DeleteRole', 'lambda:PutFunctionConcurrency']);
    },
    mend: allowed,
  },
  {
    name: 'read-only-role',
    title: 'The role may look at everything and write nothing.',
    arrange(stage) {
      stage.role('ReadOnly');
      stage.denyAll(['*:Create*', '*:Put*', '*:Modify*', '*:Update*', '*:Delete*', '*:Execute*', '*:Start*']);
    },
    mend: { told: 'The engineer takes a role that may write.', apply: (stage) => stage.allow() },
  },
  {
    name: 'bucket-unreadable',
    title: "The bucket is this account's, and the role may not read its policy.",
    arrange(stage) {
      withoutSimulation(stage);
      stage.bucket(procedureName);
      stage.deny({ action: 's3:GetBucketPolicy', resource: bucketArn });
    },
    mend: allowed,
  },
  {
    name: 'crawler-file-unreadable',
    title: 'The role may list the bucket, and read no object in it.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 's3:GetObject', resource: `${bucketArn}/*` });
    },
    mend: allowed,
  },
  {
    name: 'stacks-unreadable',
    title: 'The role may not look at stacks.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'cloudformation:DescribeStacks' });
    },
    mend: allowed,
  },
  {
    name: 'change-set-denied',
    title: 'The role may create stacks, and no change sets.',
    arrange(stage) {
      withoutSimulation(stage);
      stage.deny({ action: 'cloudformation:CreateChangeSet' });
    },
    mend: allowed,
  },
  {
    name: 'simulate-denied',
    title: 'The role may do all the work, and may not ask IAM what it may do.',
    arrange: withoutSimulation,
  },
];
