import { jsonOperation, jsonService, neededText } from '../json.ts';
import { type Context, type Service, ServiceError } from '../service.ts';

/** The organization of an account, and the transfers of its billing to others. */
export const organizations: Service = jsonService('organizations', {
  DescribeOrganization: jsonOperation(false, (context) => {
    const { id, managementAccount } = organizationOf(context);
    const arn = `arn:aws:organizations::${managementAccount}`;
    return {
      Organization: {
        Id: id,
        Arn: `${arn}:organization/${id}`,
        FeatureSet: 'ALL',
        MasterAccountArn: `${arn}:account/${id}/${managementAccount}`,
        MasterAccountId: managementAccount,
        MasterAccountEmail: `billing+${managementAccount}@example.com`,
        AvailablePolicyTypes: [],
      },
    };
  }),

  ListOutboundResponsibilityTransfers: jsonOperation(false, (context, input) => {
    const { managementAccount } = organizationOf(context);
    const type = neededText(input, 'Type');
    if (type !== 'BILLING') throw new ServiceError('InvalidInputException', 'You specified an invalid value.');
    if (managementAccount !== context.account.id) {
      throw new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
    }
    return { ResponsibilityTransfers: context.account.billingTransfers ?? [] };
  }),
});

const organizationOf = ({ account }: Context) => {
  if (account.organization) return account.organization;
  throw new ServiceError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
};
