import {
  type CostAndUsageReportServiceClient,
  DeleteReportDefinitionCommand,
  DescribeReportDefinitionsCommand,
  ModifyReportDefinitionCommand,
  PutReportDefinitionCommand,
  type ReportDefinition as SdkReportDefinition,
} from '@aws-sdk/client-cost-and-usage-report-service';
import * as v from 'valibot';
import type { SdkError } from './explain/error.ts';
import { allPages } from './pages.ts';
import { type Receipt, receipt } from './receipt.ts';

/** A report definition by AWS's field names, as PutReportDefinition takes it. */
export interface ReportDefinition {
  readonly ReportName: string;
  readonly TimeUnit: string;
  readonly Format: string;
  readonly Compression: string;
  readonly AdditionalSchemaElements: readonly string[];
  readonly S3Bucket: string;
  readonly S3Prefix: string;
  readonly S3Region: string;
  readonly AdditionalArtifacts: readonly string[];
  readonly RefreshClosedReports: boolean;
  readonly ReportVersioning: string;
}

export interface Report extends ReportDefinition {
  /** ms since the epoch, UTC; undefined before the first delivery. */
  readonly lastDelivery: number | undefined;
  /** SUCCESS, ERROR_PERMISSIONS or ERROR_NO_BUCKET; undefined before the first delivery. */
  readonly lastStatus: string | undefined;
  /** The ARN of the billing view that it is made from; undefined where AWS tells none, which is the whole account's. */
  readonly billingView?: string | undefined;
}

export interface Reports {
  /** All of the account's legacy reports; AWS pages them by five. */
  list(): Promise<readonly Report[]>;
  /** `stood`: a report of this name is there already, whatever its settings. */
  put(definition: ReportDefinition): Promise<Receipt & { readonly stood?: boolean }>;
  /** Replaces the whole definition of the report with this name. */
  modify(definition: ReportDefinition, billingView?: string): Promise<Receipt>;
  /** AWS delivers it no more; what it has delivered stays in the bucket. */
  delete(name: string): Promise<Receipt>;
}

/** Reads `20261123T081000Z`, which is not ISO 8601; an offset like `+0100` can stand for the Z. */
export const deliveryTime = (moment: string | undefined): number | undefined => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/.exec(moment ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, zone = 'Z'] = parts;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time) ? undefined : time;
};

const text = v.nullish(v.string(), '');
const texts = v.nullish(v.array(v.string()), []);

/** The old client checks nothing of an answer. What is absent is empty; what is of another kind is not AWS's. */
const definition = v.object({
  ReportName: text,
  TimeUnit: text,
  Format: text,
  Compression: text,
  AdditionalSchemaElements: texts,
  S3Bucket: text,
  S3Prefix: text,
  S3Region: text,
  AdditionalArtifacts: texts,
  RefreshClosedReports: v.nullish(v.boolean(), false),
  ReportVersioning: text,
  BillingViewArn: text,
  // Newer than this client's types; its deserialiser passes JSON through.
  ReportStatus: v.nullish(v.object({ lastDelivery: text, lastStatus: text }), {}),
});

const read = (seen: SdkReportDefinition): Report | undefined => {
  const result = v.safeParse(definition, seen);
  if (!result.success) return undefined;
  const { ReportStatus, BillingViewArn, ...fields } = result.output;
  return {
    ...fields,
    lastDelivery: deliveryTime(ReportStatus.lastDelivery),
    lastStatus: ReportStatus.lastStatus || undefined,
    ...(BillingViewArn && { billingView: BillingViewArn }),
  };
};

const toSdk = (definition: ReportDefinition) => ({
  ...definition,
  AdditionalSchemaElements: [...definition.AdditionalSchemaElements],
  AdditionalArtifacts: [...definition.AdditionalArtifacts],
});

export const reports = (cur: () => CostAndUsageReportServiceClient): Reports => ({
  list: () =>
    allPages('cur:DescribeReportDefinitions', {
      ask: (token) => cur().send(new DescribeReportDefinitionsCommand(token)),
      listIn: (page) => page.ReportDefinitions,
      read,
    }),

  async put(definition) {
    try {
      return receipt(await cur().send(new PutReportDefinitionCommand({ ReportDefinition: toSdk(definition) })));
    } catch (error) {
      const { name, $metadata, $unanswered = false } = error as SdkError;
      if (name !== 'DuplicateReportNameException') throw error;
      // After an attempt that got no answer, it is that attempt's.
      return { requestId: $metadata?.requestId, stood: !$unanswered };
    }
  },

  async modify(definition, billingView) {
    const ReportDefinition = { ...toSdk(definition), ...(billingView && { BillingViewArn: billingView }) };
    const input = { ReportName: definition.ReportName, ReportDefinition };
    return receipt(await cur().send(new ModifyReportDefinitionCommand(input)));
  },

  async delete(ReportName) {
    return receipt(await cur().send(new DeleteReportDefinitionCommand({ ReportName })));
  },
});
