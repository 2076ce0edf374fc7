import { printable } from '../text.ts';

const kindsOfPolicy =
  /identity-based policy|resource-based policy|service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy/i;

/** Which kind of policy stands in the way, as AWS names it. */
const reasonOfDenial = (message: string): string => {
  const [kind = 'policy'] = kindsOfPolicy.exec(message) ?? [];
  return /explicit deny/i.test(message)
    ? `${/^i/i.test(kind) ? 'An' : 'A'} ${kind} denies it explicitly.`
    : `No ${kind} allows it.`;
};

/** Explains a denied call by AWS's own message, else by the call itself: the action, the resource and what to have allowed. */
export const explainDenial = (
  call: { readonly action: string; readonly resource: string | undefined } | undefined,
  message: string,
): { readonly text: string; readonly advice: readonly string[] } => {
  const [, action = call?.action ?? 'an action'] = /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
  const [, resource = call?.resource] = /on resource:? (\S+?)[.,]?(?: |$)/i.exec(message) ?? [];
  const Resource = resource?.startsWith('arn:') ? resource : '*';
  return {
    text: `AWS denied ${action}${resource ? ` on ${printable(resource)}` : ''}. ${reasonOfDenial(message)}`,
    advice: [
      ...(/explicit deny/i.test(message)
        ? ['Have that denial lifted for this role; allowing the action elsewhere does not help.']
        : [`Have this added to the role's policy: ${JSON.stringify({ Effect: 'Allow', Action: action, Resource })}`]),
      ...(/^(cur|billing|ce):/.test(action) ? [billingAccess] : []),
      'Then run the same command again: everything done so far is saved.',
      ...(message ? [`AWS's words: ${message}`] : []),
    ],
  };
};

/** SCPs never bind the management account, so beside IAM only this stands in the way there (aws-facts §3). */
const billingAccess =
  'If IAM already allows it: the root user has to activate "IAM user and role access to Billing information" in the Account page.';
