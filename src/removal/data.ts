import type { Tally, Undeleted } from '../aws/contents.ts';
import type { Report } from '../aws/reports.ts';
import { Problem } from '../errors.ts';
import type { State } from '../state/state.ts';
import type { Change } from '../step.ts';
import { bucketArn } from '../steps/arns.ts';
import { bare } from '../steps/report/definition.ts';
import { sha256 } from '../steps/sha256.ts';
import { printable, quoted } from '../text.ts';
import { findDeliverer, folderOf, isEmpty, own, type Place, placesIn, scopesOf } from './data-place.ts';
import { originOf } from './origin.ts';
import { type Facts, foundThere, namedKeys, type Part, type Stay } from './part.ts';
import { hasDelivered, reportStays, reportsThatStay } from './report.ts';
import type { Seen, SeenData } from './seen.ts';

/** What the reports of this connection have delivered: kept, unless it is to be deleted. */
export const dataPart = (seen: Seen, state: State, { deleteData, customer }: Facts): Part => {
  const { bucket } = seen;
  if (!bucket) return {};
  const { data } = bucket;
  const where = (places: readonly Place[]) =>
    places.map((place) => `s3://${bucket.name}/${folderOf(place)}`).join(' and ');
  if (!deleteData || !data) {
    const places = placesIn(state, bucket.name);
    if (places.length === 0) return {};
    if (reportStays(seen, state)) return { stays: [itsReportStays(where(places))] };
    const value =
      places.length > 1 || hasDelivered(seen, state)
        ? "it can't be had again, and S3 charges for it like for any other"
        : 'AWS tells of no delivery yet';
    const why = `${value}. To delete it as well: spot-cur remove ${customer} --delete-data`;
    return { stays: [{ what: `The billing data in ${where(places)}`, why }] };
  }
  if (data.places.length > 0 && reportStays(seen, state)) return { stays: [itsReportStays(where(data.places))] };
  const origin = originOf(state, 'report');
  if (data.places.length === 0 && origin?.created === false)
    return { stays: [{ what: `The billing data of the report ${printable(origin.id)}`, why: foundThere }] };
  const others = reportsThatStay(seen, state);
  const full = data.places.filter(({ tally }) => !isEmpty(tally));
  const stays = full.flatMap((place): Stay[] => {
    const deliverer = findDeliverer(others, place);
    return deliverer ? [{ what: `The billing data in ${where([place])}`, why: delivers(deliverer) }] : [];
  });
  const going = full.filter((place) => !findDeliverer(others, place));
  if (going.length === 0) return { stays };
  const all = going.map(({ tally }) => tally).reduce(added, { versions: 0, bytes: 0, uploads: 0 });
  const change = emptying({ name: bucket.name, places: going, all, customer }, state.account);
  return {
    changes: [change],
    takes: going.map((place) => `the billing data in ${where([place])}`),
    stays,
    costs: [
      ...oddIn(going, bucket.name),
      `The billing data in ${where(going)} is deleted for good, in all its versions: ${tallyText(all)}. AWS can't give it back.`,
    ],
  };
};

/** What lies in a report's folder and is no delivery: it goes as well, and whoever agrees has to know. */
const oddIn = (places: SeenData['places'], bucket: string): readonly string[] =>
  places
    .filter(({ tally }) => tally.unusual.length > 0)
    .map(
      (place) =>
        `Not all below s3://${bucket}/${folderOf(place)} looks like a delivery of AWS, and all of it is deleted: ${namedKeys(place.tally.unusual)}. Move away first what is to be kept.`,
    );

const itsReportStays = (where: string): Stay => ({
  what: `The billing data in ${where}`,
  why: 'the report stays that delivers it',
});

const delivers = ({ ReportName, S3Bucket, S3Prefix }: Report): string =>
  `the report ${printable(ReportName)}, which stays, delivers to s3://${S3Bucket}/${printable(bare(S3Prefix))}`;

/** AWS's own write test goes with the bucket. */
export const deleteWriteTest = (bucket: string, { writeTest }: SeenData, customer: string, account: string): Change =>
  emptyScopes({ name: bucket, scopes: [own.writeTest], all: writeTest, customer }, account, {
    id: 'write-test',
    summary: `Delete AWS's write test from the bucket ${bucket}`,
  });

interface Emptying {
  readonly name: string;
  readonly all: Tally;
  readonly customer: string;
}

const emptying = ({ places, ...rest }: Emptying & { readonly places: readonly Place[] }, account: string): Change => {
  const change = emptyScopes({ ...rest, scopes: places.map(scopesOf) }, account, {
    id: 'billing-data',
    summary: `Delete the billing data in the bucket ${rest.name}: ${tallyText(rest.all)}`,
    details: places.map((place) => `s3://${rest.name}/${folderOf(place)}`),
  });
  return {
    ...change,
    async apply(outside, ...given) {
      const reports = await outside.aws.reports.list();
      const deliverer = places.map((place) => findDeliverer(reports, place)).find((each) => each !== undefined);
      if (deliverer)
        throw new Problem(
          `The billing data in the bucket ${rest.name} was not deleted: ${delivers(deliverer)}, and did not when this plan was made.`,
          [`Look at the plan again: spot-cur remove ${rest.customer} --delete-data`],
        );
      return change.apply(outside, ...given);
    },
  };
};

const emptyScopes = (
  { name, scopes, all, customer }: Emptying & { readonly scopes: readonly ReturnType<typeof scopesOf>[] },
  account: string,
  told: Pick<Change, 'id' | 'summary' | 'details'>,
): Change => ({
  ...told,
  // What comes in the meantime is another change.
  id: `removal:${told.id}:${name}:${sha256(JSON.stringify(all)).slice(0, 8)}`,
  call: { action: 's3:DeleteObjectVersion', arn: `${bucketArn(name)}/*` },
  async apply({ aws }, _token, { tell, check }) {
    let before = 0;
    let requestId: string | undefined;
    for (const scope of scopes) {
      let gone = 0;
      const progress = (now: number) => {
        gone = now;
        tell(`${before + now} of ${all.versions}`);
      };
      const emptied = await aws.contents.empty(name, account, scope, { tell: progress, check });
      if (emptied.undeleted.length > 0) throw undeletable(name, customer, emptied.undeleted);
      before += gone;
      requestId = emptied.requestId ?? requestId;
    }
    return { requestId };
  },
});

const undeletable = (bucket: string, customer: string, undeleted: readonly Undeleted[]): Problem => {
  const [first] = undeleted;
  const locked = /object lock/i.test(first?.message ?? '');
  const many = undeleted.length === 1 ? 'One object' : `${undeleted.length} objects`;
  return new Problem(
    `${many} in the bucket ${bucket} could not be deleted, the first being ${quoted(first?.key)}: ${first?.message || first?.code}`,
    [
      locked
        ? 'An object lock keeps it until its retention ends; nobody can delete it before, unless the lock is in governance mode.'
        : `What deleting takes: spot-cur policy ${customer} --phase remove --delete-data`,
      `All else below the report is deleted. Once that is mended: spot-cur remove ${customer} --delete-data`,
    ],
    locked ? 'blocked' : 'denied',
  );
};

const added = (one: Tally, other: Tally): Tally => ({
  versions: one.versions + other.versions,
  bytes: one.bytes + other.bytes,
  uploads: one.uploads + other.uploads,
});

/** How much there is, for a person. */
const tallyText = ({ versions, bytes, uploads }: Tally): string =>
  [
    `${versions === 1 ? 'one object' : `${versions} objects`} of ${sizeText(bytes)}`,
    ...(uploads > 0 ? [uploads === 1 ? 'one unfinished upload' : `${uploads} unfinished uploads`] : []),
  ].join(' and ');

const sizeText = (bytes: number): string => {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${power === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
};
