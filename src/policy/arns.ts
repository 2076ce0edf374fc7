import type { Names } from './grant.ts';

/** Where everything of this procedure lies. */
const region = 'us-east-1';

/** The ARNs that grants are scoped to, as the Service Authorization Reference spells them. */
export const arns = ({ partition, account, bucket, prefix, reportName, principals }: Names) => {
  const here = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`;
  const object = (key: string, of = bucket) => `arn:${partition}:s3:::${of}/${key}`;
  return {
    here,
    iam,
    object,
    bucketNamed: (name: string) => `arn:${partition}:s3:::${name}`,
    bucket: `arn:${partition}:s3:::${bucket}`,
    /** The crawler file, in the report's folder or a month's below it, and AWS's write test: none of the billing data. */
    deliveredFiles: [
      object(`${prefix}/${reportName}/*crawler-cfn.yml`),
      object('aws-programmatic-access-test-object'),
    ] as const,
    /** All that the report has delivered, and AWS's write test. */
    billingFiles: [object(`${prefix}/${reportName}/*`), object('aws-programmatic-access-test-object')] as const,
    report: here('cur', `definition/${reportName}`),
    stack: (name: string) => here('cloudformation', `stack/${name}/*`),
    /** Change sets are looked at and executed by their own ARN; their names are the tokens of changes. */
    changeSets: here('cloudformation', 'changeSet/spot-cur-*/*'),
    crawler: here('glue', `crawler/AWSCURCrawler-${reportName}`),
    tables: [
      here('glue', 'catalog'),
      here('glue', `database/${databaseOf(reportName)}`),
      here('glue', `table/${databaseOf(reportName)}/*`),
    ] as const,
    principals: principals ?? [iam('role/*'), iam('user/*')],
  };
};

/**
 * What AWS has the database called: `-` becomes `_` and capitals are split (aws-facts §5). How exactly a name with other
 * characters comes out is not documented, so the end of it stays open then.
 */
export const databaseOf = (reportName: string): string =>
  /^[a-z0-9_-]+$/.test(reportName) ? `athenacurcfn_${reportName.replaceAll('-', '_')}` : 'athenacurcfn_*';
