import { printable } from '../text.ts';
import { couldNotLook, type Finding, fine } from './finding.ts';
import type { Sight } from './looks.ts';
import { partitionOf, policyCommand, type Subject } from './subject.ts';

const minute = 60_000;
/** A stack takes minutes. A whole hour would meet every fresh session of IAM Identity Center, which lasts one. */
const enough = 30 * minute;
/** AWS refuses what is signed further off (Signature Version 4). */
const borne = 5 * minute;

/** Who asks, for how long, from where and when. Times in ms. */
export const credentialFindings = (
  subject: Subject,
  { expiry, ahead, now }: { readonly expiry: Sight<number | undefined>; readonly ahead: number; readonly now: number },
): readonly Finding[] => [
  callerFinding(subject),
  expiryFinding(subject, expiry, now),
  partitionFinding(subject),
  regionFinding(subject),
  clockFinding(ahead),
];

const callerFinding = (subject: Subject): Finding => {
  const { caller } = subject;
  const evidence = printable(caller.arn);
  if (!caller.arn.endsWith(':root'))
    return fine('credentials', `AWS accepts the credentials, for account ${caller.account}.`, evidence);
  return {
    id: 'root-user',
    level: 'warning',
    title: "These are the root user's credentials. A role is enough, and safer.",
    evidence,
    advice: [`What such a role has to be allowed: ${policyCommand(subject)}`],
  };
};

const expiryFinding = (subject: Subject, expiry: Sight<number | undefined>, now: number): Finding => {
  const id = 'expiry';
  if (!expiry.known) return couldNotLook(id, 'the end of the credentials', expiry);
  if (expiry.value === undefined) return fine(id, 'The credentials name no end.');
  const left = expiry.value - now;
  const evidence = new Date(expiry.value).toISOString();
  if (subject.renews) return fine(id, 'The credentials are renewed by themselves.', evidence);
  if (left >= enough) return fine(id, `The credentials last for another ${duration(left)}.`, evidence);
  return {
    id,
    level: 'warning',
    title:
      left <= 0
        ? 'The credentials are about to end: a run may be cut off in the middle.'
        : `The credentials end in ${duration(left)}: a run may be cut off in the middle. Nothing gets lost by that.`,
    evidence,
    advice: subject.renewal,
  };
};

const duration = (ms: number): string => {
  const [count, unit] =
    ms < 90 * minute ? [Math.round(ms / minute), 'minute'] : [Math.floor(ms / (60 * minute)), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

const partitionFinding = ({ caller }: Subject): Finding => {
  const id = 'partition';
  const partition = partitionOf(caller);
  return partition === 'aws'
    ? fine(id, 'The account is in the partition aws, as Spot needs it.')
    : {
        id,
        level: 'problem',
        title: `The account is in the partition ${printable(partition)}. Cost and Usage Reports for Spot are set up in us-east-1, which is in the partition aws.`,
        evidence: printable(caller.arn),
        advice: ['Use credentials of an account in the partition aws, for example with --profile or --role-arn.'],
      };
};

const regionFinding = ({ region }: Subject): Finding =>
  fine(
    'region',
    region === undefined || region === 'us-east-1'
      ? 'Everything is looked for and made in us-east-1.'
      : `Everything is looked for and made in us-east-1; that this machine is set to ${printable(region)} does not count.`,
  );

const clockFinding = (ahead: number): Finding => {
  const id = 'clock';
  const off = Math.abs(ahead);
  if (off <= borne) return fine(id, "This machine's clock agrees with AWS's.");
  return {
    id,
    level: 'warning',
    title: `This machine's clock is ${duration(off)} ${ahead > 0 ? 'behind' : 'ahead of'} AWS's. The program allows for that; other tools are refused.`,
    advice: ['Set the clock, for example: sudo timedatectl set-ntp true'],
  };
};
