import type { Stack } from '../../aws/stacks.ts';
import type { Finding } from '../../template/review/findings.ts';
import { printable, quoted } from '../../text.ts';
import { consoleLink } from '../stack-standing.ts';
import type { Capability } from './capabilities.ts';
import type { Offer } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import type { Settings } from './settings.ts';

/** What step 3 says. */
export const texts = {
  plan: (settings: Settings) => `Spot's extractor has to be deployed in account ${settings.account}.`,
  removePlan: (stack: string) => `The stack ${stack} failed and has to be deleted before it can be created again.`,
  createSummary: (stack: string, account: string) => `Create the stack ${stack} in account ${account}`,
  prepareSummary: (stack: string) =>
    `Prepare the CloudFormation stack ${stack} as a change set, from the template shown here`,
  executeSummary: 'Execute that very change set, once CloudFormation shows the same template',
  notShown: 'The endpoint does not show what it deploys. It was sent the very bytes that were shown here.',
  preparing: (stack: string) => `CloudFormation prepares the change set of the stack ${stack}.`,
  underWay: (stack: string, status: string) => `CloudFormation works on the stack ${stack} (${printable(status)}).`,
  done: (stack: string) => `The extractor stack ${stack} stands. Spot reads the billing of this account from now on.`,

  /** What has to be read before agreeing: warnings, and alarms that were accepted by their id. */
  findings: (findings: readonly Finding[]): string[] =>
    findings
      .filter(({ level }) => level !== 'note')
      .map(({ level, title, evidence }) => `${level === 'alarm' ? 'Accepted: ' : ''}${title} (${evidence})`),
  dropped: ({ dropped }: Parameters): string[] =>
    dropped.length > 0
      ? [`The link fills in what the template does not ask for, and is left out: ${printable(dropped.join(', '))}.`]
      : [],
  alarms: (customer: string, alarms: readonly Finding[]) => ({
    reason: `The review of the template raises ${alarms.length === 1 ? 'an alarm that was' : `${alarms.length} alarms that were`} not accepted. Nothing was deployed.`,
    advice: [
      'Ask Spot whether this is meant, on another channel than the one the link came by.',
      `If you take it upon you: spot-cur resume ${customer} ${alarms.map(({ id }) => `--accept-risk ${id}`).join(' ')}`,
    ],
  }),

  noLink: (customer: string) => ({
    reason: "The extractor is not there, and there is no link of Spot's to create it from.",
    advice: [`spot-cur resume ${customer} --link '<link>'`],
  }),
  nameTaken: ({ customer }: Settings, stack: string) => ({
    reason: `The stack ${printable(stack)} is in the account already, and it is not the extractor of this report.`,
    advice: [`Choose another stack name: spot-cur resume ${customer} --extractor-stack-name ${printable(stack)}-2`],
  }),
  odd: (stack: Stack | undefined) => ({
    reason: `The stack ${stack?.name ?? ''} is in the state ${printable(stack?.status ?? '')}, which needs a person.`,
    advice: stack ? [`Look at it: ${consoleLink(stack)}`] : [],
  }),
  noBucketParameter: (offer: Offer) => ({
    reason: `The template ${offer.link.template.url} has no parameter CURBucketName, so it is not Spot's extractor as the procedure knows it.`,
    advice: ['Ask Spot for a new link, then give it with --link.'],
  }),
  noAccountListParameter: (offer: Offer) => ({
    reason: `An account list was given, and the template ${offer.link.template.url} has no parameter for it.`,
    advice: ['Ask Spot how accounts are to be chosen, or leave it empty: --account-list ""'],
  }),
  accountListFilledIn: (value: string) => ({
    reason: `The link fills in the account list with ${quoted(value)}, and another one was asked for. Nothing was deployed.`,
    advice: [
      'Ask Spot for a link with the accounts that are meant, or leave the choice to the link: --account-list ""',
    ],
  }),
  paramRefused: (keys: readonly string[]) => ({
    reason: `--param can't set ${keys.map((key) => quoted(key)).join(', ')}: the link or another answer does already, or the template has no such parameter.`,
    advice: [
      'Pre-filled parameters stay as Spot sent them. Account list and bucket have flags of their own: --account-list, --cur-bucket.',
    ],
  }),
  paramMissing: (customer: string, keys: readonly string[]) => ({
    reason: `The template asks for ${keys.map((key) => printable(key)).join(', ')}, and nothing answers that.`,
    advice: [`spot-cur resume ${customer} ${keys.map((key) => `--param ${printable(key)}=<value>`).join(' ')}`],
  }),
  outdated: (stack: string) =>
    `The change set of the stack ${stack} was prepared with other parameters; it has to be prepared anew.`,
  changeSetFailed: (reason: string) => `CloudFormation could not prepare the change set: ${printable(reason)}`,
  bodyStrayed: 'What CloudFormation would deploy is not the template that was shown.',
  bodyUnknown: 'CloudFormation does not show what it would deploy, and the template was read from S3 once more.',
  strayedAdvice: [
    'Nothing was deployed. Ask Spot whether the template has just changed, then run the same command again.',
  ],
};

/** What the user sees before agreeing: resources, capabilities with reasons, parameters with where they come from. */
export const offerLines = (
  { template, link, bytes, sha256 }: Offer,
  { values, origins }: Parameters,
  capabilities: readonly Capability[],
): readonly string[] => [
  `Template ${printable(link.template.url)}`,
  `  ${bytes} bytes, SHA-256 ${sha256}`,
  'It creates:',
  ...Object.entries(template.resources).map(([id, { type }]) => `  ${printable(id)} (${printable(type)})`),
  'It asks for:',
  ...(capabilities.length > 0
    ? capabilities.map(({ name, why }) => `  ${printable(name)}, because ${printable(why)}`)
    : ['  no capabilities']),
  'Parameters:',
  ...Object.entries(values).map(
    ([key, value]) =>
      `  ${printable(key)} = ${shown(template.parameters[key]?.noEcho ?? false, value)} (${sources[origins[key] ?? 'you']})`,
  ),
];

const sources = {
  link: 'from the link, unchanged',
  you: 'your answer',
  report: "the report's bucket",
  nobody: 'all accounts',
};

const shown = (noEcho: boolean, value: string): string =>
  noEcho ? '****' : value === '' ? '(empty)' : printable(value);
