import type { Settings } from '../steps/report/settings.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { accountFindings } from './account.ts';
import { bucketFindings, seenByReport } from './bucket.ts';
import { concurrencyFinding, guardFinding, notificationFinding } from './crawler.ts';
import { credentialFindings } from './credentials.ts';
import type { Area, Finding } from './finding.ts';
import { areFree, glueFindings } from './glue-names.ts';
import type { Sights } from './inspect.ts';
import { permissionFindings } from './permissions.ts';
import { reportFindings } from './reports.ts';
import { stackFindings } from './stacks.ts';
import { answerOf, doctorCommand, policyCommand, type Subject } from './subject.ts';

/** What the sights mean. Pure. `ahead`: how far AWS's time is ahead of this machine's; both in ms. */
export const examine = (
  subject: Subject,
  sights: Sights,
  { now, ahead }: { readonly now: number; readonly ahead: number },
): readonly Area[] => {
  const { names, expiry, crawlerStack, extractorStack, bucket, rights } = sights;
  const settings = settingsFor(subject, sights);
  const seen = seenByReport(sights, settings);
  const made = crawlerStack.known && crawlerStack.value.ours && stands(crawlerStack.value.stack);
  const standing = {
    bucket: sights.standing?.known === true && sights.standing.value.kind === 'ours',
    report: seen?.report !== undefined,
    crawlerStack: made,
  };
  const { customer } = subject;
  const principal = rights.kind === 'simulated' ? rights.principal : undefined;
  const areas: readonly Area[] = [
    { title: 'Credentials', findings: credentialFindings(subject, { expiry, ahead, now }) },
    { title: 'Account', findings: accountFindings(subject, sights) },
    {
      title: 'Report and bucket',
      findings: [...reportFindings(sights.reports, seen, settings), ...bucketFindings(sights, seen, settings)],
    },
    {
      title: 'Crawler and extractor',
      findings: [
        ...stackFindings(subject, names, {
          crawler: crawlerStack,
          extractor: extractorStack,
          glueFree: areFree(sights.glueNames),
        }),
        ...glueFindings(sights.glueNames, crawlerStack),
        ...(bucket && !made ? [notificationFinding(bucket.notifications, subject, names)] : []),
        concurrencyFinding(sights.concurrency, { customer, made }),
        guardFinding(sights.guard, { customer, principal, made }),
      ],
    },
    { title: 'Permissions', findings: permissionFindings(subject, rights, { standing, denied: deniedIn(sights) }) },
  ];
  return areas.map(({ title, findings }) => ({ title, findings: findings.map((each) => withWayOut(each, subject)) }));
};

/** No look that failed is a dead end: it has a right that is missing, a session to renew, or can be made again. */
const withWayOut = (finding: Finding, subject: Subject): Finding => {
  const { unseen, advice } = finding;
  if (unseen === undefined || advice.length > 0) return finding;
  const ways = {
    denied: [`Have it allowed: ${policyCommand(subject)}`],
    ended: subject.renewal,
    otherwise: [`Look again: ${doctorCommand(subject)}`],
  };
  return { ...finding, advice: ways[unseen] };
};

const stands = (stack: Parameters<typeof stackStanding>[0]): boolean => stackStanding(stack) === 'standing';

/** The connection as step 1 would be given it. */
const settingsFor = (subject: Subject, { names }: Pick<Sights, 'names'>): Settings => ({
  customer: subject.customer,
  account: subject.caller.account,
  arn: subject.caller.arn,
  notes: subject.notes,
  provenance: subject.provenance,
  vouched: answerOf(subject, 'account'),
  bucket: names.bucket,
  reportName: names.reportName,
  prefix: names.prefix,
  ...(names.apart && { apart: true }),
});

/** How many looks were denied, which tells of the caller's rights where IAM does not. */
const deniedIn = ({ rights, bucket, names: _, glueNames, ...sights }: Sights): number =>
  [...Object.values(sights), ...Object.values(bucket ?? {}), glueNames.crawlerStands, glueNames.databaseStands].filter(
    (sight) => sight?.known === false && sight.denied,
  ).length;
