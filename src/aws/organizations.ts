import {
  DescribeOrganizationCommand,
  ListOutboundResponsibilityTransfersCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { unreadableAnswer } from './unreadable.ts';

export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
}

export interface Organizations {
  /** The organization that the account is in; undefined for a standalone account. */
  find(): Promise<Organization | undefined>;
  /** A Billing Transfer in force at `now` (ms): accepted, started and not ended. */
  findBillingTransfer(now: number): Promise<{ readonly name: string } | undefined>;
}

export const organizations = (client: () => OrganizationsClient): Organizations => ({
  async find() {
    try {
      const answer = await client().send(new DescribeOrganizationCommand({}));
      const { Id = '', MasterAccountId } = answer.Organization ?? {};
      if (typeof MasterAccountId !== 'string') throw unreadableAnswer('organizations:DescribeOrganization', answer);
      return { id: Id, managementAccount: MasterAccountId };
    } catch (error) {
      return unlessStandalone(error);
    }
  },

  async findBillingTransfer(now) {
    let NextToken: string | undefined;
    do {
      const page = await client()
        .send(new ListOutboundResponsibilityTransfersCommand({ Type: 'BILLING', ...(NextToken && { NextToken }) }))
        .catch(unlessStandalone);
      if (!page) return undefined;
      for (const transfer of page.ResponsibilityTransfers ?? []) {
        const started = (transfer.StartTimestamp?.getTime() ?? 0) <= now;
        const ended = transfer.EndTimestamp !== undefined && transfer.EndTimestamp.getTime() <= now;
        if (transfer.Status === 'ACCEPTED' && started && !ended) return { name: transfer.Name ?? transfer.Id ?? '' };
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return undefined;
  },
});

/** A standalone account has no organization and transfers no billing. */
const unlessStandalone = (error: unknown): undefined => {
  if ((error as Error).name !== 'AWSOrganizationsNotInUseException') throw error;
};
