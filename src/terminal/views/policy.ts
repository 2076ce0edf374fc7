import { printable, shellWord } from '../../text.ts';
import { commandWhole, wrapped } from '../wrap.ts';

/** What is told beside a policy. */
export interface PolicyFacts {
  readonly customer: string | undefined;
  readonly document: { readonly Statement: readonly unknown[] };
  readonly names: { readonly account: string };
  /** The phases that it is for. */
  readonly chosen: readonly string[];
  /** Whether the user named them. */
  readonly named: boolean;
  /** The role that it is for, by name, if known. */
  readonly role: string | undefined;
  readonly withoutLink: boolean;
  /** Whether it takes a connection back, without the right to delete the billing data. */
  readonly keepsData: boolean;
  /** Resource types of the extractor's template whose rights are not known. */
  readonly unknownTypes: readonly string[];
}

/** IAM's quotas, blanks not counted: for one managed policy, and for all inline policies of one role together. */
const mostManaged = 6_144;
const mostInline = 10_240;

/** What the policy is for, what it lacks, and how to attach it: for people, beside the policy itself. */
export const policyNotes = (facts: PolicyFacts, columns: number): string =>
  [...remarks(facts).map((remark) => wrapped(commandWhole(remark), columns)), attaching(facts)].join('\n');

const remarks = (facts: PolicyFacts): readonly string[] => {
  const { customer, document, names, chosen, named, withoutLink, keepsData, unknownTypes } = facts;
  const characters = JSON.stringify(document).replace(/\s/g, '').length;
  const anywhere = names.account === '*';
  const again = ['spot-cur policy', ...(customer === undefined ? [] : [customer])].join(' ');
  const phases = named ? chosen.map((phase) => ` --phase ${phase}`).join('') : '';
  return [
    `This policy is for ${listed(chosen)} in ${anywhere ? 'any account' : `account ${names.account}`}: ${document.Statement.length} statements, ${grouped(characters)} characters.`,
    ...(anywhere ? ['Narrow it to one account: the same command with --account <12 digits>.'] : []),
    ...(withoutLink
      ? [
          `What CloudFormation does for the extractor stack is not in it, as that depends on Spot's template. Once Spot has sent the link: ${again}${phases} --link '<link>'`,
        ]
      : []),
    ...(keepsData
      ? [
          `It can't delete the bucket and the billing data. To have that in it as well: ${again} --phase remove --delete-data`,
        ]
      : []),
    ...(unknownTypes.length > 0
      ? [
          `The extractor's template creates ${listed(unknownTypes.map(printable))}, and what that takes is not known here: add the rights to create, read and delete it by hand.`,
        ]
      : []),
    ...(characters > mostInline
      ? [
          `IAM takes ${grouped(mostInline)} characters in the inline policies of a role: print one phase at a time with --phase, for a role each.`,
        ]
      : characters > mostManaged
        ? [
            `As a managed policy it is too long, as IAM takes ${grouped(mostManaged)} characters there: attach it inline, or print one phase at a time with --phase.`,
          ]
        : []),
    'Attach it: run the same command with "> policy.json" at its end, then',
  ];
};

/** On one line, however long, so that it can be pasted. */
const attaching = ({ named, chosen, role }: PolicyFacts): string => {
  const policyName = `SpotCur${named ? chosen.map(capital).join('') : ''}`;
  const roleName = role === undefined ? '<role>' : shellWord(role);
  return `  aws iam put-role-policy --role-name ${roleName} --policy-name ${policyName} --policy-document file://policy.json`;
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const grouped = (count: number): string => count.toLocaleString('en-US');

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
