import { readTemplate, type Template, type TemplateResource } from '../../template/template.ts';
import { quoted } from '../../text.ts';

/** What crawler-cfn.yml is about to create, as far as the walk depends on it. */
export interface CrawlerTemplate {
  readonly crawlerName: string;
  readonly database: string | undefined;
  readonly resourceCount: number;
  /** Logical ids and types, in the file's order. */
  readonly resources: readonly string[];
  readonly needsNamedIam: boolean;
  /** The Lambda runtimes that it names. */
  readonly runtimes: readonly string[];
  /** What is baked into the file and is not this connection's; empty when all fits. */
  readonly mismatches: readonly string[];
}

export interface CrawledPlace {
  readonly bucket: string;
  readonly prefix: string;
  readonly reportName: string;
}

/** @throws Problem when the bytes are no template, or one without a crawler */
export const readCrawlerTemplate = (bytes: Uint8Array, source: string, place: CrawledPlace): CrawlerTemplate => {
  const template = readTemplate(bytes, source);
  const crawler = Object.values(template.resources).find(({ type }) => type === 'AWS::Glue::Crawler');
  const name = crawler?.properties.Name;
  return {
    crawlerName: typeof name === 'string' ? name : '',
    database: databaseOf(template, crawler),
    resourceCount: Object.keys(template.resources).length,
    resources: Object.entries(template.resources).map(([id, { type }]) => `${id} (${type})`),
    needsNamedIam: Object.values(template.resources).some(
      ({ type, properties }) =>
        type.startsWith('AWS::IAM::') &&
        ['RoleName', 'PolicyName', 'UserName', 'GroupName', 'ManagedPolicyName'].some(
          (key) => key in properties && type !== 'AWS::IAM::Policy',
        ),
    ),
    runtimes: [
      ...new Set(
        Object.values(template.resources).flatMap(({ type, properties: { Runtime } }) =>
          type === 'AWS::Lambda::Function' && typeof Runtime === 'string' ? [Runtime] : [],
        ),
      ),
    ],
    mismatches: [
      ...(typeof name === 'string' ? [] : ['it defines no Glue crawler with a name']),
      ...mismatches(template, crawler, place),
    ],
  };
};

/** True when a crawler reads this report and nothing else: how a stack is proven to be this connection's. */
export const crawls = (targets: readonly string[], { bucket, prefix, reportName }: CrawledPlace): boolean =>
  targets.length > 0 && targets.every((path) => `${path}/`.startsWith(`s3://${bucket}/${prefix}/${reportName}/`));

const mismatches = (template: Template, crawler: TemplateResource | undefined, place: CrawledPlace): string[] => {
  const targets = targetsOf(crawler);
  const found: string[] = [];
  if (crawler && !crawls(targets, place))
    found.push(
      `its crawler reads ${targets.map((path) => quoted(path, 200)).join(', ') || 'nothing'} instead of s3://${place.bucket}/${place.prefix}/${place.reportName}/`,
    );
  for (const [id, { type, properties }] of Object.entries(template.resources))
    if (
      type.startsWith('Custom::') &&
      typeof properties.BucketName === 'string' &&
      properties.BucketName !== place.bucket
    )
      found.push(`${id} changes the bucket ${quoted(properties.BucketName)} instead of ${place.bucket}`);
  return found;
};

const targetsOf = (crawler: TemplateResource | undefined): string[] => {
  const { S3Targets } = (crawler?.properties.Targets ?? {}) as { S3Targets?: unknown };
  return (Array.isArray(S3Targets) ? S3Targets : []).map(({ Path } = {} as { Path?: unknown }) => String(Path));
};

const databaseOf = ({ resources }: Template, crawler: TemplateResource | undefined): string | undefined => {
  const named = crawler?.properties.DatabaseName;
  if (typeof named === 'string') return named;
  const { Ref } = (named ?? {}) as { Ref?: unknown };
  const input = typeof Ref === 'string' ? resources[Ref]?.properties.DatabaseInput : undefined;
  const { Name } = (input ?? {}) as { Name?: unknown };
  return typeof Name === 'string' ? Name : undefined;
};
