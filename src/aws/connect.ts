import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CostAndUsageReportServiceClient } from '@aws-sdk/client-cost-and-usage-report-service';
import { GlueClient } from '@aws-sdk/client-glue';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { attempts, type Patience } from './attempts.ts';
import type { Aws } from './aws.ts';
import { buckets } from './buckets.ts';
import { contents } from './contents.ts';
import { crawlers } from './crawlers.ts';
import type { Endpoints, ServiceId } from './endpoints.ts';
import type { ExplainContext } from './explain.ts';
import { identity } from './identity.ts';
import { objects } from './objects.ts';
import { organizations } from './organizations.ts';
import { region } from './region.ts';
import { type Renew, renewing } from './renewing.ts';
import { reports } from './reports.ts';
import type { Requests } from './requests.ts';
import { mostAttempts, retries } from './retries.ts';
import { stacks } from './stacks.ts';
import { tracing } from './tracing.ts';

/** All that the clients of one connection share. */
export interface Line {
  readonly credentials: AwsCredentialIdentityProvider;
  /** What a role was assumed from, if one was. */
  readonly source?: AwsCredentialIdentityProvider | undefined;
  /** What the source is called in messages. */
  readonly sourceName?: string | undefined;
  readonly endpoints: Endpoints;
  readonly requests: Requests;
  /** What is known of these credentials, for explanations. */
  readonly way?: ExplainContext | undefined;
  /** Begins a new session once one has ended; without it the call fails. */
  readonly renew?: Renew | undefined;
  /** How calls that fail are waited for; the SDK's own way when absent. */
  readonly patience?: Patience | undefined;
}

/** AWS through the SDK. Each client is made when it is first used; all share credentials and the way to the network. */
export const connect = ({ credentials, source, sourceName, endpoints, requests, way, renew, patience }: Line): Aws => {
  const traced = tracing(way, renewing(renew), attempts(patience));
  const common = (service: ServiceId) => ({
    region,
    credentials: unkept(credentials),
    requestHandler: requests as never,
    maxAttempts: mostAttempts,
    retryMode: 'standard' as const,
    ...(patience && { retryStrategy: retries(patience.pause) }),
    ...(endpoints[service] && { endpoint: endpoints[service] }),
  });
  // At a custom endpoint there is no name service for bucket hosts, so S3 is addressed by path.
  const s3At = (where: string, extra = {}) =>
    traced(new S3Client({ ...common('s3'), region: where, forcePathStyle: Boolean(endpoints.s3), ...extra }), 's3');
  const unsigned = {
    credentials: { accessKeyId: '', secretAccessKey: '' },
    signer: { sign: async (request: unknown) => request },
  };
  const s3 = once(() => s3At(region));
  return {
    identity: identity(
      once(() => traced(new STSClient(common('sts')), 'sts')),
      source && once(() => new STSClient({ ...common('sts'), credentials: source })),
      sourceName,
    ),
    organizations: organizations(once(() => traced(new OrganizationsClient(common('organizations')), 'organizations'))),
    buckets: buckets(s3),
    objects: objects({ own: s3, at: s3At, unsigned: (where) => s3At(where, unsigned) }, region),
    contents: contents(s3),
    reports: reports(
      once(() => traced(new CostAndUsageReportServiceClient(common('cost_and_usage_report_service')), 'cur')),
    ),
    stacks: stacks(once(() => traced(new CloudFormationClient(common('cloudformation')), 'cloudformation'))),
    crawlers: crawlers(once(() => traced(new GlueClient(common('glue')), 'glue'))),
    ...lookers(common, traced),
  };
};

/** Gateways that most runs never ask: their clients are read when they are. */
const lookers = (
  common: (service: ServiceId) => object,
  traced: ReturnType<typeof tracing>,
): Pick<Aws, 'functions' | 'permissions' | 'catalog'> => {
  const functions = once(async () => {
    const [{ LambdaClient }, made] = await Promise.all([import('@aws-sdk/client-lambda'), import('./functions.ts')]);
    return made.functions(once(() => traced(new LambdaClient(common('lambda')), 'lambda')));
  });
  const permissions = once(async () => {
    const [{ IAMClient }, made] = await Promise.all([import('@aws-sdk/client-iam'), import('./permissions.ts')]);
    return made.permissions(once(() => traced(new IAMClient(common('iam')), 'iam')));
  });
  const catalog = once(async () => {
    const [{ LakeFormationClient }, made] = await Promise.all([
      import('@aws-sdk/client-lakeformation'),
      import('./catalog.ts'),
    ]);
    return made.catalog(once(() => traced(new LakeFormationClient(common('lakeformation')), 'lakeformation')));
  });
  return {
    functions: { findConcurrency: async () => (await functions()).findConcurrency() },
    permissions: {
      findRoleArn: async (name) => (await permissions()).findRoleArn(name),
      simulate: async (...given) => (await permissions()).simulate(...given),
    },
    catalog: { findGuard: async () => (await catalog()).findGuard() },
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/**
 * The same credentials, as each client would keep them for itself and go on with an old session after a renewal: ones that have
 * ended are asked for with each call.
 */
const unkept =
  (credentials: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider =>
  async (properties) => ({ ...(await credentials(properties)), expiration: new Date(0) });
