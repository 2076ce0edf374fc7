import type { Verdict } from '../aws/permissions.ts';
import { type Phase, phases } from '../policy/grant.ts';
import { printable } from '../text.ts';
import { couldNotLook, type Finding, fine } from './finding.ts';
import type { Unseen } from './looks.ts';
import { type AskedGrant, type Rights, untold } from './rights.ts';
import { policyCommand, type Subject } from './subject.ts';

/** What is there already, so that nobody needs the right to make it. */
export interface Standing {
  readonly bucket: boolean;
  readonly report: boolean;
  readonly crawlerStack: boolean;
}

/** How the phases are called to people, as in "all that setup takes". */
const work: Readonly<Record<Phase, string>> = {
  status: 'all that looking takes',
  setup: 'all that setup and the crawler stack take',
  extractor: 'what the extractor takes, its own template aside',
  remove: 'all that taking it back takes',
};

/** The same where it is said of several. */
const shortly: Readonly<Record<Phase, string>> = {
  status: 'looking',
  setup: 'setup',
  extractor: 'the extractor',
  remove: 'taking it back',
};

/** What the caller may do, by phase; else what can be said of it. `denied`: how many looks were denied. */
export const permissionFindings = (
  subject: Pick<Subject, 'customer' | 'saved'>,
  rights: Rights,
  { standing, denied }: { readonly standing: Standing; readonly denied: number },
): readonly Finding[] => {
  const id = 'permissions';
  const policy = policyCommand(subject);
  const unseen = ({ reason, ended }: Pick<Unseen, 'reason' | 'ended'>) =>
    couldNotLook(id, 'the permissions beforehand', { reason: `${sentence(reason)} ${readsText(denied)}`, ended }, [
      `All that it takes: ${policy}`,
    ]);
  switch (rights.kind) {
    case 'simulated':
      return phaseFindings(rights.asked, standing, policy);
    case 'skipped':
      return [
        rights.who === 'root'
          ? fine(id, 'The root user may do everything, so its rights are not looked at.')
          : fine(id, `IAM simulates users and roles alone, and this is neither. ${readsText(denied)}`),
      ];
    case 'unseen':
      return [unseen(rights.unseen)];
  }
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const readsText = (denied: number): string =>
  denied === 0 ? 'AWS denied none of the looks.' : `AWS denied ${denied === 1 ? 'one' : denied} of the looks.`;

interface Judged {
  readonly phase: Phase;
  readonly finding: Finding;
  /** True for one that spells out what is refused; false where all of that was told before. */
  readonly tells?: boolean;
}

/** Phases share most looks: what one is refused is spelled out once, and a phase that lacks nothing else is not told again. */
const phaseFindings = (asked: readonly AskedGrant[], standing: Standing, policy: string): readonly Finding[] => {
  const told = new Set<string>();
  const judged = phases.map((phase): Judged => {
    const needed = asked.filter(({ grant }) => grant.phase === phase && isNeeded(grant, standing));
    const refused = needed.flatMap(({ verdicts }) => verdicts.filter(({ allowed }) => !allowed));
    const unknown = [...new Set(needed.flatMap(untold))];
    const key = ({ action, resource }: Verdict) => `${action} ${resource}`;
    const fresh = refused.filter((verdict) => !told.has(key(verdict)));
    for (const verdict of fresh) told.add(key(verdict));
    const finding = phaseFinding(phase, refused);
    if (finding.level === 'ok')
      return { phase, finding: unknown.length > 0 ? untoldFinding(phase, unknown, policy) : finding };
    const above =
      fresh.length < refused.length ? [fresh.length > 0 ? 'and what is named above' : 'as named above'] : [];
    const advice = [`All that it takes: ${policy} --phase ${phase}`];
    return { phase, finding: { ...finding, details: [...lines(fresh), ...above], advice }, tells: fresh.length > 0 };
  });
  return folded(judged, policy);
};

/** Leaves out each phase that lacks nothing but what one before it tells, and is no worse for it: that one says so. */
const folded = (judged: readonly Judged[], policy: string): readonly Finding[] => {
  const kept: (Judged & { readonly same: Phase[] })[] = [];
  for (const each of judged) {
    const teller = each.tells === false ? kept.findLast(({ tells }) => tells) : undefined;
    const worse = each.finding.level === 'problem' && teller?.finding.level === 'warning';
    if (teller && !worse) teller.same.push(each.phase);
    else kept.push({ ...each, same: [] });
  }
  return kept.map(({ finding, same }) => (same.length === 0 ? finding : sharedBy(finding, same, policy)));
};

/** The same finding, which is that of other phases too. */
const sharedBy = (finding: Finding, phasesToo: readonly Phase[], policy: string): Finding => {
  const names = phasesToo.map((phase) => shortly[phase]);
  const listed =
    names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} lack` : `${names.join('')} lacks`;
  const same = `${listed.charAt(0).toUpperCase()}${listed.slice(1)} nothing but what is named here or above.`;
  return { ...finding, details: [...(finding.details ?? []), same], advice: [`All that it takes: ${policy}`] };
};

const untoldFinding = (phase: Phase, actions: readonly string[], policy: string): Finding => ({
  ...couldNotLook(`permissions-${phase}`, `the rights for ${work[phase]}`, {
    reason: `IAM's simulation says nothing of ${counted(actions)}.`,
  }),
  details: [printable(actions.join(', '))],
  advice: [`All that it takes: ${policy} --phase ${phase}`],
  minor: !actions.some(isMissed),
});

const phaseFinding = (phase: Phase, refused: readonly Verdict[]): Finding => {
  const id = `permissions-${phase}`;
  if (refused.length === 0) return fine(id, `IAM's simulation allows ${work[phase]}.`);
  const certain = refused.filter(({ unsure }) => !unsure);
  const but = `IAM's simulation allows ${work[phase]}, but for ${count(refused)}`;
  return {
    id,
    level: phase === 'setup' && actionsIn(certain).some(isMissed) ? 'problem' : 'warning',
    title: certain.length > 0 ? `${but}.` : `${but}, and whether it comes so depends on conditions.`,
    advice: [],
    minor: !actionsIn(refused).some(isMissed),
  };
};

/** What setup can't do without: it gets on where a look is denied, and needs no deletion unless something fails. */
const isMissed = (action: string): boolean =>
  action === 'cur:DescribeReportDefinitions' ||
  !/:(Get|List|Describe|Head|Delete|Detach|Remove|Untag|ModifyReportDefinition|StartCrawlerSchedule)/.test(action);

const actionsIn = (verdicts: readonly Verdict[]): readonly string[] => [
  ...new Set(verdicts.map(({ action }) => action)),
];

const count = (verdicts: readonly Verdict[]): string => counted(actionsIn(verdicts));

const counted = ({ length }: readonly string[]): string => (length === 1 ? 'one action' : `${length} actions`);

/** What is refused, together where it is on the same things and for the same reason. */
const lines = (verdicts: readonly Verdict[]): readonly string[] => {
  const where = (action: string): string => {
    const own = verdicts.filter((verdict) => verdict.action === action);
    const on = [...new Set(own.map(({ resource }) => resource))];
    const why = own.some(({ denied }) => denied)
      ? 'denied explicitly'
      : own.some(({ bounded }) => bounded)
        ? 'outside the permissions boundary'
        : 'not allowed';
    return `${on.join(', ')}: ${why}`;
  };
  const actions = actionsIn(verdicts);
  return [...new Set(actions.map(where))].map((place) =>
    printable(`${actions.filter((action) => where(action) === place).join(', ')} on ${place}`),
  );
};

const isNeeded = ({ call, topic, by }: AskedGrant['grant'], standing: Standing): boolean => {
  if (by === 'cloudformation') return !(standing.crawlerStack && topic.startsWith('CrawlerStack'));
  switch (call) {
    case 's3:CreateBucket':
    case 's3:PutPublicAccessBlock':
      return !standing.bucket;
    case 'cur:PutReportDefinition':
      return !standing.report;
    // Only for a report that is found with that one setting.
    case 'cur:ModifyReportDefinition':
      return standing.report;
    case 'cloudformation:CreateStack':
      return !standing.crawlerStack;
    default:
      return true;
  }
};
