import { printable, shellWord } from '../../text.ts';
import { again, type Explanation, type FailedCall } from './error.ts';

const kindsOfPolicy =
  /identity-based policy|resource-based policy|service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy/i;

interface Denied {
  readonly action: string | undefined;
  readonly resource: string | undefined;
  /** The policy that AWS names, in lower case but for VPC. */
  readonly kind: string | undefined;
  readonly explicit: boolean;
  /** Who was denied, as AWS names them. */
  readonly who: string | undefined;
}

/** Explains a denied call by AWS's own message, else by the call itself: the action, the resource and what to have allowed. */
export const explainDenial = (call: FailedCall | undefined, message: string): Explanation => {
  const [, action = call?.action] = /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
  // S3 puts it into quotes.
  const [, resource = call?.resource] = /on resource:? "?([^\s"]+?)"?[.,]?(?: |$)/i.exec(message) ?? [];
  const [kind] = kindsOfPolicy.exec(message) ?? [];
  const [, who] = /User: (arn:\S+)/.exec(message) ?? [];
  const [, encoded] = /Encoded authorization failure message: (\S+)/i.exec(message) ?? [];
  const denied: Denied = {
    action: action === undefined ? undefined : printable(action),
    resource,
    kind,
    who,
    explicit: /explicit deny/i.test(message),
  };
  const unsure = kind === undefined && ofBilling(action) && !denied.explicit;
  return {
    text: `AWS denied ${denied.action ?? 'a call'}${resource ? ` on ${printable(resource)}` : ''}. ${reasonOf(denied)}`,
    advice: [
      ...(encoded
        ? [`What stands against it: aws sts decode-authorization-message --encoded-message ${shellWord(encoded)}`]
        : []),
      ...(unsure ? [billingAccess] : []),
      ...(denied.explicit ? adviceOnDenial(denied) : adviceOnAllowance(denied)),
      ...(!unsure && ofBilling(action) ? [billingAccess] : []),
      'All that this work needs, as a policy: spot-cur policy',
      again,
      ...(message && !encoded ? [`AWS's words: ${message}`] : []),
    ],
    kind: 'denied',
  };
};

const ofBilling = (action = ''): boolean => /^(cur|billing|ce):/.test(action);

/** SCPs never bind the management account, so beside IAM only this stands in the way there (aws-facts §3). */
const billingAccess =
  'If IAM already allows it: the root user has to activate "IAM user and role access to Billing information" in the Account page. This tells whether it is: aws cur describe-report-definitions --region us-east-1';

/** Which kind of policy stands in the way, as AWS names it. */
const reasonOf = ({ action, kind = 'policy', explicit }: Denied): string => {
  if (explicit) return `${/^i/i.test(kind) ? 'An' : 'A'} ${kind} denies it explicitly.`;
  const billing = kind === 'policy' && ofBilling(action);
  return billing ? 'No policy allows it, or IAM has no access to billing in this account.' : `No ${kind} allows it.`;
};

const adviceOnDenial = (denied: Denied): readonly string[] => [
  'Have that denial lifted for this role; allowing the action elsewhere does not help.',
  ...whereItStands(denied),
];

const adviceOnAllowance = (denied: Denied): readonly string[] => {
  const { action, resource, kind, who } = denied;
  if (action === undefined) return whereItStands(denied);
  const Resource = resource?.startsWith('arn:') ? resource : '*';
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource });
  const into = /identity/i.test(kind ?? 'identity') ? policyOf(who) : `the ${kind}, beside the role's own policy`;
  return [`Have this added to ${into}: ${statement}`, ...whereItStands(denied)];
};

/** What of a principal carries policies. */
const policyOf = (who: string | undefined): string => {
  const [, permissionSet] = /:assumed-role\/AWSReservedSSO_(.+)_[0-9a-f]{16}\//.exec(who ?? '') ?? [];
  if (permissionSet) return `the permission set ${printable(permissionSet)} in IAM Identity Center`;
  const [, role] = /:assumed-role\/([^/]+)\//.exec(who ?? '') ?? [];
  if (role) return `the policy of the role ${printable(role)}`;
  const [, user] = /:user\/(?:\S+\/)?([^/\s]+)/.exec(who ?? '') ?? [];
  return user ? `the policy of the user ${printable(user)}` : "the role's policy";
};

/** Where the policy is found that AWS names, and who it binds. */
const whereItStands = ({ kind = '', resource = '', who }: Denied): readonly string[] => {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(who ?? '') ?? [];
  const [, bucket] = /^arn:aws:s3:::([^/*]+)/.exec(resource) ?? [];
  switch (kind.toLowerCase()) {
    case 'service control policy':
      return [
        "Service control policies never bind a management account, so this is a member's. Which account manages it: aws organizations describe-organization",
      ];
    case 'resource control policy':
      return ["It is set in the organization's management account: aws organizations describe-organization"];
    case 'permissions boundary':
      return role
        ? [`The boundary: aws iam get-role --role-name ${shellWord(role)} --query Role.PermissionsBoundary`]
        : ['Whose boundary it is: aws sts get-caller-identity'];
    case 'session policy':
      return [
        'The session was made with a policy of its own, narrower than its role: sign in without it. Which session it is: aws sts get-caller-identity',
      ];
    case 'resource-based policy':
      return bucket ? [`The policy: aws s3api get-bucket-policy --bucket ${shellWord(bucket)}`] : [];
    case 'vpc endpoint policy':
      return [
        'It belongs to the network that this machine is in; another network does not have it. The endpoints: aws ec2 describe-vpc-endpoints --region us-east-1',
      ];
    default:
      return [];
  }
};
