import type { Scene } from './scene.ts';
import { type Stage, sceneAccount } from './stage.ts';

const payer = '444455556666';
const second = 1_000;
const day = 86_400 * second;

/** A transfer as Organizations lists it; times in ms. */
const transfer = (name: string, status: string, started: number, ended?: number) => ({
  Id: 'rt-4f1a2b3c4d',
  Arn: `arn:aws:organizations::${sceneAccount}:transfer/o-1122223333/billing/outbound/rt-4f1a2b3c4d`,
  Name: name,
  Type: 'BILLING',
  Status: status,
  Source: { ManagementAccountId: sceneAccount },
  Target: { ManagementAccountId: payer, ManagementAccountEmail: 'billing@holding.example' },
  StartTimestamp: started / second,
  ...(ended !== undefined && { EndTimestamp: ended / second }),
});

const notYet = ({ account }: Stage) => {
  delete account.billingTransfers;
};

/** Whose account it is, who acts there and who pays for it. */
export const accounts: readonly Scene[] = [
  {
    name: 'member-account',
    title: 'The account is a member of an organization that another account manages.',
    arrange: (stage) => stage.member(payer),
    mend: { told: 'The account leaves that organization and stands by itself.', apply: (stage) => stage.standalone() },
  },
  {
    name: 'standalone-account',
    title: 'The account is in no organization.',
    arrange: (stage) => stage.standalone(),
  },
  {
    name: 'root-user',
    title: "The credentials are the root user's.",
    arrange: (stage) => stage.root(),
  },
  {
    name: 'partition-govcloud',
    title: "The credentials belong to an account of AWS's partition for the US government.",
    arrange({ account }) {
      account.partition = 'aws-us-gov';
    },
    mend: {
      told: 'You take credentials of the account that is billed, in the partition aws.',
      apply({ account }) {
        delete account.partition;
      },
    },
  },
  {
    name: 'organization-denied',
    title: 'The role may not see which organization the account is in.',
    arrange: (stage) => stage.deny({ action: 'organizations:DescribeOrganization' }),
    mend: { told: 'Somebody who knows the account vouches for it.', flags: { account: sceneAccount } },
  },
  {
    name: 'billing-transfer',
    title: 'The billing of the account is transferred to another one.',
    arrange({ account, now }) {
      account.billingTransfers = [transfer('to the holding', 'ACCEPTED', now - 30 * day)];
    },
    mend: { told: 'The Billing Transfer is ended.', apply: notYet },
  },
  {
    name: 'billing-transfer-ended',
    title: 'The billing of the account was transferred until last month.',
    arrange({ account, now }) {
      account.billingTransfers = [transfer('to the holding', 'ACCEPTED', now - 300 * day, now - 30 * day)];
    },
  },
  {
    name: 'billing-transfer-announced',
    title: 'The billing of the account will be transferred next month, and an earlier offer was declined.',
    arrange({ account, now }) {
      account.billingTransfers = [
        transfer('to somebody else', 'DECLINED', now - 60 * day),
        transfer('to the holding', 'ACCEPTED', now + 30 * day),
      ];
    },
  },
  {
    name: 'billing-transfer-denied',
    title: 'The role may not see whether billing is transferred.',
    arrange: (stage) => stage.deny({ action: 'organizations:ListOutboundResponsibilityTransfers' }),
  },
  {
    name: 'billing-transfer-unsupported',
    title: 'What answers in place of AWS knows of no Billing Transfers.',
    arrange: (stage) =>
      stage.fail({
        operation: 'organizations:ListOutboundResponsibilityTransfers',
        code: 'UnknownOperationException',
        message: '',
      }),
  },
  {
    name: 'billing-transfer-garbled',
    title: "AWS's answer on Billing Transfers is in no form that can be read.",
    arrange({ account }) {
      account.billingTransfers = [{ Id: 'rt-1', Status: 'ACCEPTED', StartTimestamp: 'the day before yesterday' }];
    },
  },
];
