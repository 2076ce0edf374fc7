import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CostAndUsageReportServiceClient } from '@aws-sdk/client-cost-and-usage-report-service';
import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { Simulator } from '../../src/simulator/handler.ts';

/** What the SDK hands to a request handler, as far as it is needed here; alike in the newest and the oldest client. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The real SDK clients of an account, with the simulator where the network would be. An account's id is its access key id. */
export const simulatedClients = (simulator: Simulator, account: string | Keys) => {
  const credentials = typeof account === 'string' ? { accessKeyId: account, secretAccessKey: 'unchecked' } : account;
  const requestHandler = {
    handle: async (request: SdkRequest) => {
      const { status, headers, body } = simulator.handle(await plainRequest(request));
      return { response: { statusCode: status, headers: { ...headers }, body: Readable.from([Buffer.from(body)]) } };
    },
  };
  const settings = { region: 'us-east-1', credentials, requestHandler, maxAttempts: 1 };
  return {
    sts: new STSClient(settings),
    organizations: new OrganizationsClient(settings),
    s3: new S3Client(settings),
    cur: new CostAndUsageReportServiceClient(settings),
    glue: new GlueClient(settings),
    cloudformation: new CloudFormationClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    lakeFormation: new LakeFormationClient(settings),
  };
};

const plainRequest = async ({ method, hostname, path, query = {}, headers, body }: SdkRequest) => ({
  method,
  host: hostname,
  path,
  query: Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value ?? ''].flat().join(',')])),
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: await bytes(body),
});

const bytes = async (body: unknown): Promise<Uint8Array> => {
  if (body instanceof Uint8Array) return body;
  if (body instanceof Readable) return buffer(body);
  return typeof body === 'string' ? Buffer.from(body) : new Uint8Array();
};
