import type { CallFault } from '../world.ts';
import type { Scene } from './scene.ts';
import { type Stage, sceneAccount } from './stage.ts';

const expired = { code: 'ExpiredTokenException', message: 'The security token included in the request is expired' };

/** Somebody who signs in anew has another session, and so has a rehearsal that goes on. */
const signIn = {
  told: 'You sign in again: aws sso login.',
  apply: ({ account }: Stage) => {
    delete account.sessionEnd;
  },
};

const failing = (fault: CallFault) => (stage: Stage) => stage.fail(fault);
const relenting = (told: string) => ({ told, apply: (stage: Stage) => stage.relent() });

/** Sessions that end, credentials that are none, and AWS on a bad day. */
export const sessions: readonly Scene[] = [
  {
    name: 'session-over',
    title: 'The session of these credentials is over before the first call.',
    arrange: (stage) => stage.endSession(0),
    mend: signIn,
  },
  {
    name: 'session-expires-soon',
    title: 'The session of these credentials ends in twenty minutes, as they tell.',
    arrange: (stage) => stage.endSessionIn(20 * 60_000),
    mend: signIn,
  },
  {
    name: 'session-ends',
    title: "The session ends in the middle of the walk, while AWS makes the crawler's stack.",
    arrange: failing({
      operation: 'cloudformation:DescribeStackEvents',
      code: 'ExpiredToken',
      message: expired.message,
      status: 403,
      times: 1,
      endsSession: true,
    }),
    mend: signIn,
  },
  {
    name: 'session-ends-in-write',
    title: 'The session ends at the very call that makes the report.',
    arrange: failing({ operation: 'cur:PutReportDefinition', ...expired, times: 1, endsSession: true }),
    mend: signIn,
  },
  {
    name: 'session-refreshed',
    title: "The role's session ends in the middle of the walk, and what it is assumed from is still good.",
    arrange: failing({ operation: 'cur:PutReportDefinition', ...expired, times: 1 }),
  },
  {
    name: 'role-wants-mfa',
    title: 'The role of these credentials wants a code of an MFA device.',
    signsIn: {
      roleArn: `arn:aws:iam::${sceneAccount}:role/SpotSetup`,
      mfaSerial: `arn:aws:iam::${sceneAccount}:mfa/engineer`,
    },
    arrange: (stage) => stage.roleWithMfa('SpotSetup'),
    mend: { told: 'You take the keys of a session that was begun with a code: aws sts assume-role.' },
  },
  {
    name: 'credentials-unknown',
    title: 'AWS does not know the keys of these credentials.',
    arrange: failing({
      operation: 'sts:GetCallerIdentity',
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      status: 403,
    }),
    mend: relenting('You take keys that AWS knows: aws configure.'),
  },
  {
    name: 'throttled',
    title: 'AWS asks to slow down, and soon answers again.',
    arrange: failing({
      operation: 'cur:PutReportDefinition',
      code: 'ThrottlingException',
      message: 'Rate exceeded',
      times: 2,
    }),
  },
  {
    name: 'throttled-for-good',
    title: 'AWS asks to slow down whenever the report is to be made.',
    arrange: failing({ operation: 'cur:PutReportDefinition', code: 'ThrottlingException', message: 'Rate exceeded' }),
    mend: relenting('Whatever else calls AWS from this account comes to rest.'),
  },
  {
    name: 'server-trouble',
    title: 'AWS has trouble of its own for a while, and answers with errors.',
    arrange: failing({
      operation: 'cur:PutReportDefinition',
      code: 'InternalErrorException',
      message: 'An error on the server occurred during the processing of your request. Try again later.',
      status: 500,
      times: 4,
    }),
    mend: { told: 'You wait a minute.' },
  },
  {
    name: 'empty-refusal',
    title: 'AWS refuses the report and does not say why.',
    arrange: failing({ operation: 'cur:PutReportDefinition', code: 'ValidationException', message: '' }),
    mend: relenting('Whoever looks after the account finds the cause and removes it.'),
  },
  {
    name: 'region-disabled',
    title: 'The account is so new that AWS has not activated it for stacks.',
    arrange: failing({
      operation: 'cloudformation:CreateStack',
      code: 'OptInRequired',
      message: 'The AWS Access Key Id needs a subscription for the service',
      status: 403,
    }),
    mend: relenting('AWS finishes activating the account.'),
  },
  {
    name: 'clock-skewed',
    title: "This machine's clock is 20 minutes slow.",
    arrange: (stage) => stage.skew(20 * 60_000),
  },
];
