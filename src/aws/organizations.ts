import {
  DescribeOrganizationCommand,
  ListOutboundResponsibilityTransfersCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { allPages } from './pages.ts';
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
    const transfers = await allPages('organizations:ListOutboundResponsibilityTransfers', {
      ask: (token) => client().send(new ListOutboundResponsibilityTransfersCommand({ Type: 'BILLING', ...token })),
      listIn: (page) => page.ResponsibilityTransfers,
      read: ({ Name, Id, Status, StartTimestamp, EndTimestamp }) => {
        // Nobody can tell of one that does not say when it starts whether it has.
        if (Status === 'ACCEPTED' && !isTime(StartTimestamp)) return undefined;
        const started = isTime(StartTimestamp) && StartTimestamp.getTime() <= now;
        const ended = isTime(EndTimestamp) && EndTimestamp.getTime() <= now;
        return { name: String(Name ?? Id ?? ''), inForce: Status === 'ACCEPTED' && started && !ended };
      },
    }).catch(unlessStandalone);
    return transfers?.find(({ inForce }) => inForce);
  },
});

const isTime = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());

/** A standalone account has no organization and transfers no billing. */
const unlessStandalone = (error: unknown): undefined => {
  if ((error as Error).name !== 'AWSOrganizationsNotInUseException') throw error;
};
