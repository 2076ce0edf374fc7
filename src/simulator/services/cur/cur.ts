import { placeOf } from '../../delivery.ts';
import { invalid, type JsonInput, jsonOperation, jsonService, neededText, text } from '../../json.ts';
import { type Context, type Service, ServiceError } from '../../service.ts';
import type { Report } from '../../world.ts';
import { list } from '../s3/policy.ts';
import { bucketNamed, writeObject } from '../s3/store.ts';
import { type Definition, readDefinition } from './definition.ts';
import { mayDeliver } from './permission.ts';

/** AWS gives out reports in pages of exactly five. */
const PAGE = 5;
/** The user guide's limit; the exception's own text speaks of five. */
const LIMIT = 10;

/** The legacy Cost and Usage Reports. Their first delivery comes 23 hours and 10 minutes after a report's creation. */
export const cur: Service = jsonService('cur', {
  DescribeReportDefinitions: jsonOperation(false, ({ account, now }, input) => {
    const start = offsetOf(input);
    const end = start + PAGE;
    const reports = account.reports.filter(({ shown = 0 }) => shown <= now);
    const page = reports.slice(start, end).map((report) => ({ ...report.definition, ...statusOf(report) }));
    return { ReportDefinitions: page, ...(end < reports.length && { NextToken: tokenFor(end) }) };
  }),

  PutReportDefinition: jsonOperation(true, (context, input) => {
    const { account, now } = context;
    const definition = readDefinition(input);
    if (account.reports.some((report) => placeOf(report).name === definition.ReportName)) {
      throw new ServiceError(
        'DuplicateReportNameException',
        'A report with the specified name already exists in the account. Specify a different report name.',
      );
    }
    if (account.reports.length >= LIMIT) {
      throw new ServiceError(
        'ReportLimitReachedException',
        'This account already has five reports defined. To define a new report, you must delete an existing report.',
      );
    }
    verifyBucket(context, definition);
    account.reports.push({ definition, created: now, ...tagsOf(input) });
    return {};
  }),

  ModifyReportDefinition: jsonOperation(true, (context, input) => {
    const report = reportOf(context, input);
    const definition = readDefinition(input);
    const frozen = ['ReportName', 'TimeUnit', 'ReportVersioning'].some(
      (field) => definition[field] !== report.definition[field],
    );
    if (frozen || hasResources(definition) !== hasResources(report.definition)) {
      throw new ServiceError('ValidationException', '');
    }
    verifyBucket(context, definition);
    report.definition = definition;
    return {};
  }),

  // What was delivered stays in the bucket.
  DeleteReportDefinition: jsonOperation(true, (context, input) => {
    const report = reportOf(context, input);
    context.account.reports.splice(context.account.reports.indexOf(report), 1);
    return { ResponseMessage: `Successfully deleted report definition ${placeOf(report).name}` };
  }),

  ListTagsForResource: jsonOperation(false, (context, input) => ({ Tags: reportOf(context, input).tags ?? [] })),
});

const reportOf = ({ account }: Context, input: JsonInput): Report => {
  const name = neededText(input, 'ReportName');
  const found = account.reports.find((report) => placeOf(report).name === name);
  if (found) return found;
  throw new ServiceError('ValidationException', `There is no report definition of the name ${name}.`);
};

/** Absent until the first attempt at a delivery. */
const statusOf = ({ delivery }: Report): Readonly<Record<string, unknown>> => {
  if (!delivery) return {};
  const { delivered, status } = delivery;
  return { ReportStatus: { ...(delivered && { lastDelivery: deliveryTime(delivered) }), lastStatus: status } };
};

/** `20261123T081000Z`: ISO 8601's basic form, of which most date parsers know nothing. */
const deliveryTime = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

const tokenFor = (offset: number): string => Buffer.from(`reports from ${offset}`).toString('base64');

const offsetOf = (input: JsonInput): number => {
  const most = input.MaxResults;
  if (most !== undefined && most !== null && most !== PAGE) {
    throw invalid('MaxResults', String(most), `Member must have value between ${PAGE} and ${PAGE}`);
  }
  const token = text(input, 'NextToken');
  if (token === undefined || token === '') return 0;
  const [, offset] = /^reports from (\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (offset === undefined) throw new ServiceError('ValidationException', 'The NextToken is not valid.');
  return Number(offset);
};

/** The billing service writes a first object to prove that it may; it leaves it there. */
const verifyBucket = ({ world, account, now }: Context, { S3Bucket, S3Region }: Definition): void => {
  const bucket = bucketNamed(world, S3Bucket);
  const place = { account: account.id, bucket: S3Bucket };
  const reachable =
    bucket?.owner === account.id && bucket.region === S3Region && !bucket.kmsClosed && mayDeliver(bucket.policy, place);
  if (!reachable) {
    throw new ServiceError(
      'ValidationException',
      `Failed to verify customer bucket permission. accountId= ${account.id}, bucket name: ${S3Bucket}, bucket region: ${S3Region}`,
    );
  }
  writeObject(bucket, 'aws-programmatic-access-test-object', 'aws-programmatic-access-test-object', { now });
};

const hasResources = (definition: Readonly<Record<string, unknown>>): boolean =>
  list(definition.AdditionalSchemaElements).includes('RESOURCES');

const tagsOf = (input: JsonInput): Pick<Report, 'tags'> => {
  const tags = list(input.Tags).flatMap((tag) => {
    const { Key, Value } = typeof tag === 'object' && tag !== null ? { Key: '', Value: '', ...tag } : {};
    return Key === undefined ? [] : [{ Key: String(Key), Value: String(Value) }];
  });
  return tags.length > 0 ? { tags } : {};
};
