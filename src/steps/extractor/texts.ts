import type { Stack } from '../../aws/stacks.ts';
import type { Finding } from '../../template/review/findings.ts';
import { printable, quoted, shellWord } from '../../text.ts';
import { acceptance } from '../finding-lines.ts';
import { causeOf, remedyFor, type StackPlace } from '../stack-failure.ts';
import { deleteByHand } from '../stack-trouble.ts';
import type { Capability } from './capabilities.ts';
import { differenceLine, type ParameterDifference } from './fit.ts';
import type { Offer, Unreadable } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import type { Settings } from './settings.ts';

/** What step 3 says. */
export const texts = {
  plan: (settings: Settings) => `Spot's extractor has to be deployed in account ${settings.account}.`,
  createSummary: (stack: string, account: string) => `Create the stack ${stack} in account ${account}`,
  prepareSummary: (stack: string) =>
    `Prepare the CloudFormation stack ${stack} as a change set, from the reviewed template`,
  executeSummary: 'Create the stack from that change set, once CloudFormation shows the same template',
  notShown: 'The endpoint does not show what it deploys. It was sent the very bytes that were shown here.',
  preparing: (stack: string) => `CloudFormation prepares the change set of the stack ${stack}.`,
  underWay: (stack: string, status: string) => `CloudFormation works on the stack ${stack} (${printable(status)}).`,
  done: (stack: string, differences: readonly ParameterDifference[]) =>
    `The extractor stack ${stack} stands. It sends this account's billing rows to Spot from now on.${
      differences.length > 0
        ? ` Somebody has changed its parameters since it was created: ${differences.map(differenceLine).join('; ')}.`
        : ''
    }`,
  /** Whoever made it: without a link nothing says where its rows have to go. */
  found: ({ customer }: Settings, { name, parameters }: Stack) => {
    const told = Object.entries(parameters)
      .filter(([key]) => key !== 'CURBucketName')
      .slice(0, 20)
      .map(([key, value]) => `${quoted(key).slice(1, -1)} is ${quoted(value)}`);
    return `The extractor stack ${printable(name)} stands for this report's bucket. Who made it is not known here, and without Spot's link it can't be told whether it is right${told.length > 0 ? `: ${told.join(', ')}` : ''}. To have it compared: spot-cur resume ${customer} --link '<link>'`;
  },
  differs: ({ customer }: Settings, { name }: Stack, differences: readonly ParameterDifference[]) => {
    const list = differences.find(({ says }) => says === 'you');
    return {
      reason: `The extractor stack ${printable(name)} stands, and its parameters are not what is wanted now. A stack that somebody else made is not changed.`,
      details: differences.map(differenceLine),
      advice: [
        ...(list ? [`Keep its account list: spot-cur resume ${customer} --account-list ${shellWord(list.is)}`] : []),
        'Ask Spot which of them is right, and for a link that fills in the same, if the stack is.',
        `If the stack is wrong and nobody needs it: ${deleteByHand(name)}`,
      ],
    };
  },

  /** What has to be read before agreeing: warnings, and alarms that were accepted by their id. */
  findings: (findings: readonly Finding[]): string[] =>
    findings
      .filter(({ level }) => level !== 'note')
      .map(({ level, title, evidence }) => `${level === 'alarm' ? 'Accepted: ' : ''}${title} (${evidence})`),
  dropped: ({ dropped, secret }: Parameters): string[] => [
    ...(dropped.length > 0
      ? [`The link fills in what the template does not ask for, and is left out: ${printable(dropped.join(', '))}.`]
      : []),
    ...(secret.length > 0
      ? [
          `The link fills in what the template keeps secret, which CloudFormation takes from no link, and is left out: ${printable(secret.join(', '))}.`,
        ]
      : []),
  ],
  alarms: (customer: string, alarms: readonly Finding[]) => ({
    reason: `The review of the template raises ${alarms.length === 1 ? 'an alarm that was' : `${alarms.length} alarms that were`} not accepted. Nothing was deployed.`,
    advice: [
      'Ask Spot whether this is meant, on another channel than the one the link came by.',
      `If you take it upon you: spot-cur resume ${customer} ${acceptance(alarms)}`,
    ],
  }),

  noLink: (customer: string) => ({
    reason: "The extractor is not there, and there is no link of Spot's to create it from.",
    advice: [`spot-cur resume ${customer} --link '<link>'`],
  }),
  otherName: (customer: string, stack: string) =>
    `Choose another stack name: spot-cur resume ${customer} --extractor-stack-name ${shellWord(stack)}-2`,
  nameTaken: ({ customer }: Settings, { name, status }: Stack) => ({
    reason: `The stack ${printable(name)} is in the account already (${printable(status)}), and it is not the extractor of this report.`,
    advice: [
      texts.otherName(customer, name),
      `See what it is: aws cloudformation describe-stack-resources --region us-east-1 --stack-name ${shellWord(name)}`,
    ],
  }),
  beside: (stack: string) =>
    `A stack named ${stack} waits for the review of another change set, and holds nothing yet. This change set goes beside it; once it is executed, the other one is void.`,
  unreadable: ({ customer, account }: Settings, { url, why, message }: Unreadable) => {
    const newLink = `Ask Spot for a new link, then: spot-cur resume ${customer} --link '<link>'`;
    switch (why) {
      case 'closed':
        return {
          code: 'denied' as const,
          reason: `The template ${printable(url)} may not be read: ${printable(message)}. Nothing was deployed.`,
          advice: [
            `Ask Spot to open it to the account ${account}; a template that is gone may look the same. Then: spot-cur resume ${customer}`,
            `S3 wants s3:GetObject from both sides; what this role needs: spot-cur policy ${customer}`,
          ],
        };
      case 'gone':
        return {
          reason: `The template ${printable(url)} is not there any more: ${printable(message)}. Nothing was deployed.`,
          advice: [newLink],
        };
      case 'large':
        return {
          reason: `The template ${printable(url)} is larger than 1 MB, which is more than CloudFormation takes. Nothing was deployed.`,
          advice: [newLink],
        };
      case 'refused':
        return {
          reason: `CloudFormation does not take the template ${printable(url)}: ${printable(message)}. Nothing was deployed.`,
          advice: [newLink],
        };
    }
  },
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
  prepareRefused: (message: string) =>
    `CloudFormation refuses the change set: ${printable(message)}. Nothing was deployed.`,
  changeSetFailed: (customer: string, reason: string) => {
    const cause = causeOf(reason);
    return {
      reason: `CloudFormation could not prepare the change set: ${printable(reason)}`,
      advice: cause ? remedyFor(cause, { type: '', reason }, placeFor(customer)) : texts.strayedAdvice(customer),
    };
  },
  bodyStrayed: 'What CloudFormation would deploy is not the template that was shown.',
  bodyUnknown: 'CloudFormation does not show what it would deploy, and the template was read from S3 once more.',
  processedUnknown: 'CloudFormation does not show what the transforms of the template would create.',
  processedAlarms: (customer: string, alarms: readonly Finding[]) => ({
    reason: `What the transforms have made of the template raises ${alarms.length === 1 ? 'an alarm that was' : `${alarms.length} alarms that were`} not accepted. Nothing was deployed.`,
    advice: [
      'Ask Spot whether this is meant, on another channel than the one the link came by.',
      `If you take it upon you, beside what you have accepted: spot-cur resume ${customer} ${acceptance(alarms)}`,
    ],
  }),
  strayedAdvice: (customer: string) => [
    `Nothing was deployed. Ask Spot whether the template has just changed, then: spot-cur resume ${customer}`,
  ],
};

/** What commands about the extractor's stack name. */
export const placeFor = (customer: string): StackPlace => {
  const otherInput = `Ask Spot, then go on with the same link or a new one: spot-cur resume ${customer} --link '<link>'`;
  return { customer, otherInput, freshTemplate: otherInput };
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
