import type { Brought, Request } from './conditions.ts';

/** Whoever delivers reports. */
export const deliverer = 'billingreports.amazonaws.com';

/** Which reports deliver. The ARN says us-east-1 wherever the bucket is; its region there breaks delivery. */
export const definitions = (account: string): string => `arn:aws:cur:us-east-1:${account}:definition/*`;

/** What stands for values of AWS's own that no policy can name. */
const own = '(of AWS itself)';
const absent: readonly Brought[] = [undefined];
/** Absent, or AWS's own: which of the two is not documented for a service that acts for itself. */
const notOurs: readonly Brought[] = [undefined, [own]];

/**
 * What AWS's delivery of a report brings for a policy's condition keys (IAM User Guide, "AWS global condition context keys").
 * A service acts for itself: it is in no organization and no VPC, and bears no tags.
 */
export const deliveryRequest = ({
  account,
  reportName,
}: {
  readonly account: string;
  readonly reportName: string;
}): Request => {
  const keys: Readonly<Record<string, readonly Brought[]>> = {
    'aws:securetransport': [['true']],
    's3:tlsversion': [['1.2'], ['1.3']],
    's3:signatureversion': [['AWS4-HMAC-SHA256']],
    'aws:principalisawsservice': [['true']],
    'aws:principalservicename': [[deliverer]],
    'aws:principalservicenameslist': [[deliverer], [deliverer, own]],
    'aws:sourceaccount': [[account]],
    // AWS's documentation compares the pattern itself with StringEquals, and that works.
    'aws:sourcearn': [[definitions(account)], [`arn:aws:cur:us-east-1:${account}:definition/${reportName}`]],
    'aws:resourceaccount': [[account]],
    's3:resourceaccount': [[account]],
    'aws:requestedregion': [['us-east-1']],
    'aws:viaawsservice': [['false'], undefined],
    'aws:calledvia': absent,
    'aws:calledviafirst': absent,
    'aws:calledvialast': absent,
    'aws:principalorgid': absent,
    'aws:principalorgpaths': absent,
    'aws:sourcevpce': absent,
    'aws:sourcevpc': absent,
    'aws:vpcsourceip': absent,
    'aws:multifactorauthpresent': absent,
    'aws:multifactorauthage': absent,
    'aws:username': absent,
    'aws:federatedprovider': absent,
    'aws:referer': absent,
    's3:dataaccesspointarn': absent,
    's3:dataaccesspointaccount': absent,
    's3:accesspointnetworkorigin': absent,
    'aws:principalaccount': notOurs,
    'aws:principalarn': notOurs,
    'aws:userid': notOurs,
    'aws:sourceip': notOurs,
  };
  return (key) => (Object.hasOwn(keys, key) ? keys[key] : key.startsWith('aws:principaltag/') ? absent : undefined);
};
