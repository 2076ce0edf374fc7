import type { Report } from '../aws/reports.ts';
import { judgePolicy } from '../steps/report/bucket-policy.ts';
import { bucketTrouble } from '../steps/report/decide.ts';
import { underOtherName } from '../steps/report/elsewhere.ts';
import { delivers, type Seen } from '../steps/report/inspect.ts';
import type { Naming } from '../steps/report/naming.ts';
import type { Settings } from '../steps/report/settings.ts';
import { texts } from '../steps/report/texts.ts';
import { printable, shellWord } from '../text.ts';
import { couldNotLook, type Finding, fine, obstacle } from './finding.ts';
import type { SeenBucket, Sights } from './inspect.ts';

/** The name of the bucket, and the bucket where it stands. */
export const bucketFindings = (
  { standing, bucket, naming, reports }: Pick<Sights, 'standing' | 'bucket' | 'naming' | 'reports'>,
  seen: Seen | undefined,
  settings: Settings,
): readonly Finding[] => {
  if (!naming.known) return [couldNotLook('bucket', "the bucket's name", naming)];
  if (!standing) return [nameless(naming.value, settings)];
  if (!standing.known) return [couldNotLook('bucket', `the bucket ${settings.bucket}`, standing)];
  const trouble = seen && seen.standing.kind !== 'ours' ? bucketTrouble(seen, settings) : undefined;
  // Reports that came too late might have told whose the bucket is; what was denied is denied to the walk as well.
  const undecided = standing.value.kind === 'unclear' && !reports.known && !reports.denied;
  if (trouble) return [obstacle('bucket', trouble, undecided ? 'warning' : 'problem')];
  return [
    standingFinding(standing.value.kind, naming.value, settings),
    ...(bucket && seen ? insideFindings(bucket, seen, settings) : []),
  ];
};

const nameless = ({ because }: Naming, { customer }: Settings): Finding => ({
  id: 'bucket-name',
  level: 'problem',
  title: `No name is left to propose: ${because}.`,
  advice: [`Choose one for report and bucket: spot-cur setup ${customer} --bucket <name>`],
});

const standingFinding = (
  kind: string,
  { name, because }: Naming,
  { bucket, provenance }: Pick<Settings, 'bucket' | 'provenance'>,
): Finding => {
  const id = 'bucket';
  const why = name === bucket && /belongs to another/.test(because) ? because : undefined;
  if (kind === 'free') return fine(id, `The bucket name ${bucket} is free: it will be created.`, why);
  return provenance.bucket === undefined
    ? fine(id, `The bucket ${bucket} exists in this account: it will be used, and its settings stay as they are.`, why)
    : fine(id, `The bucket ${bucket} stands.`);
};

const insideFindings = (bucket: SeenBucket, seen: Seen, settings: Settings): readonly Finding[] => {
  const { bucket: name } = settings;
  const { policy, blocksPublicAccess, defaultKey, ownership } = bucket;
  const worth = (id: string, title: string, advice: readonly string[]): Finding => ({
    id,
    level: 'warning',
    title,
    advice,
  });
  const other = `Or use another bucket: ${underOtherName(settings, seen.others, settings.provenance.bucket !== undefined)}`;
  return [
    policy.known ? policyFinding(seen, settings) : couldNotLook('bucket-policy', `the policy of ${name}`, policy),
    !blocksPublicAccess.known
      ? couldNotLook('public-access', `Block Public Access of ${name}`, blocksPublicAccess)
      : blocksPublicAccess.value
        ? fine('public-access', `Block Public Access is on for ${name}.`)
        : worth('public-access', texts.openBucket(name), [
            `Turn it on, if nobody is meant to read it from outside: aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
          ]),
    !defaultKey.known
      ? couldNotLook('encryption', `the encryption of ${name}`, defaultKey)
      : defaultKey.value === undefined
        ? fine('encryption', `${name} is encrypted by S3 itself, which AWS can deliver to.`)
        : worth('encryption', texts.encrypted(name, defaultKey.value), [keyAdvice(name, defaultKey.value), other]),
    !ownership.known
      ? couldNotLook('ownership', `the ownership of files in ${name}`, ownership)
      : ownership.value === 'ObjectWriter'
        ? worth('ownership', texts.foreignFiles(name), [
            `Have the bucket own them, if nobody depends on ACLs: aws s3api put-bucket-ownership-controls --bucket ${name} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
          ])
        : fine('ownership', `What AWS writes to ${name} belongs to this account.`),
  ];
};

/** AWS's own key can't be opened to anybody; any other one's policy can. */
const keyAdvice = (bucket: string, key: string): string =>
  key.endsWith('aws/s3')
    ? `Have S3 itself encrypt it: aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'`
    : `See what the policy of the key says, and have whoever keeps it add that: aws kms get-key-policy --region us-east-1 --policy-name default --key-id ${shellWord(key)}`;

const policyFinding = (seen: Seen, settings: Settings): Finding => {
  const id = 'bucket-policy';
  const trouble = bucketTrouble(seen, settings);
  if (trouble) return obstacle(id, trouble);
  const { bucket } = settings;
  const policy = judgePolicy(seen.bucket?.policy, settings);
  if (delivers(seen)) return fine(id, `AWS delivers with the policy that ${bucket} has.`);
  const doubts = policy.kind === 'conflict' ? [] : (policy.doubts ?? []);
  if (doubts.length > 0)
    return {
      id,
      level: 'warning',
      title: doubts.map((doubt) => texts.policyDoubt(doubt)).join(' '),
      advice: [`See the whole policy: aws s3api get-bucket-policy --bucket ${bucket}`],
    };
  if (policy.kind !== 'merge') return fine(id, `The policy of ${bucket} lets AWS deliver.`);
  return fine(
    id,
    policy.kept === 0
      ? `${bucket} has no policy yet: one that lets AWS deliver will be set.`
      : `Two statements will be added to the policy of ${bucket}, so that AWS can deliver; what is there stays as it is.`,
    policy.kept === 0 ? undefined : printable(`${policy.kept} of others`),
  );
};

/** The account's reports and its bucket, as step 1 sees them; undefined where one of them could not be looked at. */
export const seenByReport = (
  {
    reports,
    standing,
    bucket,
    organization,
    transfer,
  }: Pick<Sights, 'reports' | 'standing' | 'bucket' | 'organization' | 'transfer'>,
  { reportName }: Settings,
): Seen | undefined => {
  if (!standing?.known) return undefined;
  const all: readonly Report[] = reports.known ? reports.value : [];
  const report = all.find(({ ReportName }) => ReportName === reportName);
  return {
    payer: { organization, transfer },
    report,
    others: all.filter((other) => other !== report),
    standing: standing.value,
    bucket: bucket && {
      policy: bucket.policy.known ? bucket.policy.value : undefined,
      blocksPublicAccess: bucket.blocksPublicAccess,
      leftover: bucket.leftover,
      crawlerFile: { known: true, value: undefined },
      writeTest: { known: true, value: undefined },
    },
  };
};
