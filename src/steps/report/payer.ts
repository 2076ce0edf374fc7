import type { Glance } from '../../aws/glance.ts';
import type { Organization } from '../../aws/organizations.ts';
import type { BlockedMove, Setback } from '../../step.ts';

/** What is known of whose billing the account holds. */
export interface Payer {
  readonly organization: Glance<Organization | undefined>;
  /** A Billing Transfer in force. */
  readonly transfer: Glance<{ readonly name: string } | undefined>;
}

export type Trouble = Setback & Pick<BlockedMove, 'details' | 'releases'>;

/** Why the account can't be connected: a member holds only its own data, transferred billing has no legacy reports. */
export const payerTrouble = ({ organization, transfer }: Payer, account: string): Trouble | undefined => {
  if (organization.known && organization.value && organization.value.managementAccount !== account) {
    const { id, managementAccount } = organization.value;
    return {
      reason: `Account ${account} is a member of organization ${id}; its report would hold its own costs alone. The management account is ${managementAccount}.`,
      advice: [
        `Use credentials of account ${managementAccount}, for example with --profile or --role-arn, and run the same command again.`,
      ],
    };
  }
  if (transfer.known && transfer.value)
    return {
      reason: `Billing of account ${account} is transferred (${transfer.value.name}). AWS does not deliver Cost and Usage Reports for transferred billing.`,
      advice: ['Ask whoever receives the bills to connect their account, or have the Billing Transfer ended first.'],
    };
  return undefined;
};

/** True when it is proven, or needs no proof, that this account pays: its own organization's management account, or alone. */
export const isPayer = ({ organization }: Payer, account: string): boolean =>
  organization.known && (organization.value === undefined || organization.value.managementAccount === account);

/** Whose billing it is, in words. */
export const payerText = ({ organization }: Payer, account: string): string => {
  if (!organization.known) return 'not proven to be the management account';
  if (!organization.value) return 'a standalone account, in no organization';
  return organization.value.managementAccount === account
    ? `management account of organization ${organization.value.id}`
    : `member of organization ${organization.value.id}`;
};
