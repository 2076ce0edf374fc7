import type { Aws } from '../aws/aws.ts';
import type { Report } from '../aws/reports.ts';
import { databaseOf } from '../policy/arns.ts';
import { findDeliveredFile } from '../steps/athena/crawler-file.ts';
import { readCrawlerTemplate } from '../steps/athena/crawler-template.ts';
import { texts } from '../steps/athena/texts.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { couldNotLook, type Finding, obstacle } from './finding.ts';
import type { Looks, Sight } from './looks.ts';
import type { Names } from './names.ts';
import type { SeenStack } from './stacks.ts';

/** What stands in Glue under the names that the crawler stack uses. */
export interface SeenGlueNames {
  /** True when the names are read from the file that the stack is made from. */
  readonly inFile: boolean;
  readonly crawler: string;
  /** Undefined where it can't be told before AWS delivers the file. */
  readonly database: string | undefined;
  readonly crawlerStands: Sight<boolean>;
  readonly databaseStands: Sight<boolean>;
}

interface GlueNames {
  readonly crawler: string;
  readonly database: string | undefined;
}

/** Looks by the file that AWS has delivered; before, by the names that AWS is known to give (aws-facts §5). */
export const inspectGlueNames = async (
  looks: Looks,
  names: Names,
  reports: readonly Report[],
): Promise<SeenGlueNames> => {
  const { reportName, bucket } = names;
  const delivers = reports.some((report) => report.ReportName === reportName && report.S3Bucket === bucket);
  const read = delivers ? await looks.look((aws) => namesInFile(aws, names)) : undefined;
  const told = read?.known ? read.value : undefined;
  const { crawler, database } = told ?? usualNames(reportName);
  const [crawlerStands, databaseStands] = await Promise.all([
    looks.look(async ({ crawlers }) => (await crawlers.find(crawler)) !== undefined),
    looks.look(async ({ crawlers }) => database !== undefined && (await crawlers.findTables(database)) !== undefined),
  ]);
  return { inFile: told !== undefined, crawler, database, crawlerStands, databaseStands };
};

const namesInFile = async (aws: Aws, names: Names): Promise<GlueNames | undefined> => {
  const bytes = await findDeliveredFile(aws, names);
  if (!bytes) return undefined;
  const { crawlerName, database, mismatches } = readCrawlerTemplate(bytes, 'crawler-cfn.yml', names);
  return mismatches.length > 0 ? undefined : { crawler: crawlerName, database };
};

const usualNames = (reportName: string): GlueNames => {
  const database = databaseOf(reportName);
  return { crawler: `AWSCURCrawler-${reportName}`, database: database.endsWith('*') ? undefined : database };
};

/** A stack that is there may have made what bears these names: its own report's, or somebody's who is deleting it. */
const mayBeOf = ({ stack, ours }: SeenStack): boolean => {
  const standing = stackStanding(stack);
  return standing !== 'absent' && standing !== 'review' && (ours || standing === 'deleting');
};

/** What bears one of the names, and makes the stack fail; nothing where they are free, or may be the stack's own. */
export const glueFindings = (seen: SeenGlueNames, crawlerStack: Sight<SeenStack>): readonly Finding[] => {
  if (crawlerStack.known && mayBeOf(crawlerStack.value)) return [];
  const { inFile, crawler, database, crawlerStands, databaseStands } = seen;
  const proven = inFile && crawlerStack.known;
  const unseen = [crawlerStands, databaseStands].find((sight) => !sight.known);
  return [
    ...(stands(crawlerStands) ? [taken('glue-crawler', texts.crawlerTaken(crawler), proven)] : []),
    ...(stands(databaseStands) && database ? [taken('glue-database', texts.databaseTaken(database), proven)] : []),
    ...(unseen && !unseen.known
      ? [couldNotLook('glue-names', 'what bears a name of the crawler stack in Glue', unseen)]
      : []),
  ];
};

/** True when all was looked at, and nothing bears the names. */
export const areFree = ({ database, crawlerStands, databaseStands }: SeenGlueNames): boolean =>
  database !== undefined && [crawlerStands, databaseStands].every((sight) => sight.known && !sight.value);

const stands = (sight: Sight<boolean>): boolean => sight.known && sight.value;

const taken = (id: string, trouble: ReturnType<typeof texts.crawlerTaken>, proven: boolean): Finding =>
  proven
    ? obstacle(id, trouble)
    : {
        ...obstacle(id, trouble, 'warning'),
        title: trouble.reason.replace('it would make', 'if the stack is to make one of that name, it will make'),
        evidence: 'what the name will be is certain once crawler-cfn.yml is delivered',
      };
