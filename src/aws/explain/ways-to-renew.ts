import { printable, shellWord } from '../../text.ts';
import type { Origin } from '../origin.ts';
import { again, type ExplainContext } from './error.ts';

/** What to type to have credentials again: the one way of this kind of credentials where the kind is known, else all. */
export const waysToRenew = ({ profile, roleArn, origin }: ExplainContext, message: string): readonly string[] => {
  const ways = origin ? [wayOf(origin)] : anyWay(profile, message);
  if (roleArn)
    ways.push(`The role is ${printable(roleArn)}: check that the source credentials may assume it, and --external-id.`);
  return [...ways, again];
};

/** What to type where nothing has named credentials yet. */
export const waysToFirst = ({ profile, roleArn, origin }: ExplainContext): readonly string[] =>
  profile === undefined && roleArn === undefined && origin === undefined
    ? [
        'Name yours with --profile <name>, or a role with --role-arn <arn>. Which profiles there are: aws configure list-profiles',
      ]
    : [];

/** What renews credentials of this origin. */
const wayOf = (origin: Origin): string => {
  switch (origin.kind) {
    case 'sso':
      return `Sign in again: aws sso login${named(origin.profile)}`;
    case 'login':
      return `Sign in again: aws login${named(origin.profile)}`;
    case 'process':
      return `The profile ${printable(origin.profile)} takes its credentials from a program${nameOfProgram(origin.command)}: sign in there again. This tells whether it worked: aws sts get-caller-identity${named(origin.profile)}`;
    case 'keys':
      return origin.temporary
        ? `The profile ${printable(origin.profile)} has the keys of a session: put those of a new one into ~/.aws/credentials. This tells whether they are right: aws sts get-caller-identity${named(origin.profile)}`
        : `The profile ${printable(origin.profile)} has access keys: put valid ones in their place: aws configure${named(origin.profile)}`;
    case 'web-identity':
      return `The credentials come by the token in ${printable(origin.file)}, which whatever runs this job renews. This tells whether it is good: aws sts get-caller-identity`;
    case 'environment':
      return 'The credentials come from environment variables: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN afresh. This tells whether they are right: aws sts get-caller-identity';
    case 'machine':
      return "The credentials are this machine's own, which renew themselves. This tells whether they are there: aws sts get-caller-identity";
  }
};

/** In brackets after a blank, without its arguments, which may hold secrets; nothing where it begins with variables, which may as well. */
const nameOfProgram = (command: string): string => {
  const [, , quoted, bare = ''] = /^\s*(?:(["'])(.*?)\1|(\S+))/.exec(command) ?? [];
  const program = quoted ?? bare;
  return program === '' || program.includes('=') ? '' : ` (${printable(program)})`;
};

const named = (profile: string | undefined): string =>
  profile === undefined || profile === 'default' ? '' : ` --profile ${shellWord(profile)}`;

const anyWay = (profile: string | undefined, message: string): string[] =>
  /sso/i.test(message)
    ? [`Sign in again: aws sso login${named(profile)}`]
    : [
        `With IAM Identity Center: aws sso login${named(profile)}`,
        `With a console sign-in: aws login${named(profile)}`,
        'With access keys: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN afresh.',
      ];
