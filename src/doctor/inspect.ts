import type { BucketStanding, Notification } from '../aws/buckets.ts';
import type { CatalogGuard } from '../aws/catalog.ts';
import type { Concurrency } from '../aws/functions.ts';
import type { ObjectHead } from '../aws/objects.ts';
import type { Organization } from '../aws/organizations.ts';
import type { Report } from '../aws/reports.ts';
import { procedurePrefix } from '../steps/procedure.ts';
import { findLeftover, proposePrefix } from '../steps/report/leftover.ts';
import { type Naming, proposeName } from '../steps/report/naming.ts';
import { inspectGlueNames, type SeenGlueNames } from './glue-names.ts';
import type { Looks, Sight } from './looks.ts';
import { givenName, type Names, namesFor, prefixFor } from './names.ts';
import { inspectRights, type Rights } from './rights.ts';
import { inspectStacks, type SeenStack } from './stacks.ts';
import type { Subject } from './subject.ts';

/** Everything that a doctor saw of an account. */
export interface Sights {
  /** When the credentials end, in ms; undefined where they do not tell. */
  readonly expiry: Sight<number | undefined>;
  readonly organization: Sight<Organization | undefined>;
  readonly transfer: Sight<{ readonly name: string } | undefined>;
  readonly reports: Sight<readonly Report[]>;
  readonly naming: Sight<Naming>;
  readonly names: Names;
  /** Looked at where a name is settled. */
  readonly standing: Sight<BucketStanding> | undefined;
  /** Looked at where the bucket is this account's. */
  readonly bucket: SeenBucket | undefined;
  readonly crawlerStack: Sight<SeenStack>;
  readonly extractorStack: Sight<SeenStack>;
  readonly glueNames: SeenGlueNames;
  /** Undefined where the answer does not tell. */
  readonly concurrency: Sight<Concurrency | undefined>;
  readonly guard: Sight<CatalogGuard | undefined>;
  readonly rights: Rights;
}

export interface SeenBucket {
  readonly policy: Sight<string | undefined>;
  readonly blocksPublicAccess: Sight<boolean>;
  readonly defaultKey: Sight<string | undefined>;
  readonly ownership: Sight<string>;
  readonly notifications: Sight<readonly Notification[]>;
  /** What an overwrite report of this name has left in its place; looked for while there is no report. */
  readonly leftover: Sight<ObjectHead | undefined>;
}

/** Looks at everything at once where one answer does not need another. `now` in ms. */
export const inspect = async (
  looks: Looks,
  subject: Subject,
  { now, expiry }: { readonly now: number; readonly expiry: () => Promise<number | undefined> },
): Promise<Sights> => {
  const [end, organization, transfer, seen, concurrency, guard] = await Promise.all([
    looks.look(expiry),
    looks.look((aws) => aws.organizations.find()),
    looks.look((aws) => aws.organizations.findBillingTransfer(now)),
    inspectConnection(looks, subject),
    looks.look((aws) => aws.functions.findConcurrency()),
    looks.look((aws) => aws.catalog.findGuard()),
  ]);
  return { expiry: end, organization, transfer, ...seen, concurrency, guard };
};

const inspectConnection = async (looks: Looks, subject: Subject) => {
  const standingOf = standings(looks, subject.caller.account);
  const { reports, list, naming, names } = await inspectNames(looks, subject, standingOf);
  const [all, seen] = await Promise.all([reports, inspectNamed(looks, subject, { list, names }, standingOf)]);
  return { reports: all, naming: await naming, names, ...seen };
};

/** Whose a bucket name is, asked once a name. */
const standings = (looks: Looks, account: string) => {
  const asked = new Map<string, Promise<Sight<BucketStanding>>>();
  return (name: string, reports: readonly Report[]): Promise<Sight<BucketStanding>> => {
    const mentioned = async () => reports.some((report) => report.S3Bucket === name);
    const known = asked.get(name) ?? looks.look((aws) => aws.buckets.standing(name, account, mentioned));
    asked.set(name, known);
    return known;
  };
};

type Standings = ReturnType<typeof standings>;

/** The names by setup's own rule: what is given, else the procedure's while it is nobody else's. */
const inspectNames = async (looks: Looks, subject: Subject, standingOf: Standings) => {
  const reports = looks.look((aws) => aws.reports.list());
  const list = listed(await looks.soon(reports));
  const given = givenName(subject);
  const { settled, naming } =
    given === undefined
      ? await proposed(looks, { account: subject.caller.account, reports: list }, standingOf)
      : settledOn({ name: given, because: 'it was named so' });
  const named = settled ?? { name: undefined };
  const prefix = await prefixFor(subject, named, {
    reports: list,
    fresh: async (place) =>
      // Whoever knows no name yet asks for a prefix later.
      settled === undefined
        ? { prefix: procedurePrefix }
        : proposePrefix(place, subject.notes, async (tried) => {
            const standing = await looks.soon(standingOf(place.bucket, list));
            if (!standing.known || standing.value.kind !== 'ours') return false;
            const found = await looks.soon(looks.look((aws) => findLeftover(aws, { ...place, prefix: tried })));
            return found.known && found.value !== undefined;
          }),
  });
  return { reports, list, naming, names: namesFor(subject, named, prefix) };
};

/** The names that others can be looked at by, and what is told of them in the end. */
interface Proposed {
  readonly settled: Naming | undefined;
  readonly naming: Promise<Sight<Naming>>;
}

const settledOn = (naming: Naming): Proposed => ({
  settled: naming,
  naming: Promise.resolve({ known: true, value: naming }),
});

const listed = (reports: Sight<readonly Report[]>): readonly Report[] => (reports.known ? reports.value : []);

const proposed = async (
  looks: Looks,
  { account, reports }: { readonly account: string; readonly reports: readonly Report[] },
  standingOf: Standings,
): Promise<Proposed> => {
  let unseen: Promise<Sight<Naming>> | undefined;
  const standing = async (name: string): Promise<BucketStanding> => {
    const whole = standingOf(name, reports);
    const sight = await looks.soon(whole);
    if (sight.known) return sight.value;
    // What comes too late to go by is told all the same where it says why nothing was seen.
    unseen = whole.then((inTheEnd) => (inTheEnd.known ? sight : inTheEnd));
    return { kind: 'unclear' };
  };
  const naming = await proposeName({ buckets: { standing } }, account, reports);
  return unseen ? { settled: undefined, naming: unseen } : settledOn(naming);
};

const inspectNamed = async (
  looks: Looks,
  subject: Subject,
  { list, names }: { readonly list: readonly Report[]; readonly names: Names },
  standingOf: Standings,
) => {
  const [bucket, { crawler, extractor }, glueNames, rights] = await Promise.all([
    names.settled ? inspectBucket(looks, names, list, standingOf) : undefined,
    inspectStacks(looks, subject, names),
    inspectGlueNames(looks, names, list),
    inspectRights(looks, subject, names),
  ]);
  return {
    standing: bucket?.standing,
    bucket: bucket?.seen,
    crawlerStack: crawler,
    extractorStack: extractor,
    glueNames,
    rights,
  };
};

const inspectBucket = async (
  looks: Looks,
  { bucket, reportName, prefix }: Names,
  reports: readonly Report[],
  standingOf: Standings,
) => {
  const standing = await standingOf(bucket, reports);
  if (!standing.known || standing.value.kind !== 'ours') return { standing, seen: undefined };
  const missing = !reports.some(({ ReportName }) => ReportName === reportName);
  const [policy, blocksPublicAccess, defaultKey, ownership, notifications, leftover] = await Promise.all([
    looks.look((aws) => aws.buckets.findPolicy(bucket)),
    looks.look((aws) => aws.buckets.blocksPublicAccess(bucket)),
    looks.look((aws) => aws.buckets.findDefaultKey(bucket)),
    looks.look((aws) => aws.buckets.ownership(bucket)),
    looks.look((aws) => aws.buckets.listNotifications(bucket)),
    missing ? looks.look((aws) => findLeftover(aws, { bucket, reportName, prefix })) : nothing,
  ]);
  return { standing, seen: { policy, blocksPublicAccess, defaultKey, ownership, notifications, leftover } };
};

const nothing = { known: true, value: undefined } as const;
