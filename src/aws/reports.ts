import {
  type CostAndUsageReportServiceClient,
  DescribeReportDefinitionsCommand,
  ModifyReportDefinitionCommand,
  PutReportDefinitionCommand,
  type ReportDefinition as SdkReportDefinition,
} from '@aws-sdk/client-cost-and-usage-report-service';
import type { SdkError } from './explain/error.ts';
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
}

/** The client here is older than ReportStatus; its deserialiser passes JSON through, so the field is there at run time. */
type WithStatus = SdkReportDefinition & {
  readonly ReportStatus?: { readonly lastDelivery?: string; readonly lastStatus?: string };
};

/** Reads `20261123T081000Z`, which is not ISO 8601; an offset like `+0100` can stand for the Z. */
export const deliveryTime = (text: string | undefined): number | undefined => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/.exec(text ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, zone = 'Z'] = parts;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time) ? undefined : time;
};

const read = (seen: WithStatus): Report => ({
  ReportName: seen.ReportName ?? '',
  TimeUnit: seen.TimeUnit ?? '',
  Format: seen.Format ?? '',
  Compression: seen.Compression ?? '',
  AdditionalSchemaElements: seen.AdditionalSchemaElements ?? [],
  S3Bucket: seen.S3Bucket ?? '',
  S3Prefix: seen.S3Prefix ?? '',
  S3Region: seen.S3Region ?? '',
  AdditionalArtifacts: seen.AdditionalArtifacts ?? [],
  RefreshClosedReports: seen.RefreshClosedReports ?? false,
  ReportVersioning: seen.ReportVersioning ?? '',
  lastDelivery: deliveryTime(seen.ReportStatus?.lastDelivery),
  lastStatus: seen.ReportStatus?.lastStatus || undefined,
  ...(seen.BillingViewArn && { billingView: seen.BillingViewArn }),
});

const toSdk = (definition: ReportDefinition) => ({
  ...definition,
  AdditionalSchemaElements: [...definition.AdditionalSchemaElements],
  AdditionalArtifacts: [...definition.AdditionalArtifacts],
});

export const reports = (cur: () => CostAndUsageReportServiceClient): Reports => ({
  async list() {
    const all: Report[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cur().send(new DescribeReportDefinitionsCommand(NextToken ? { NextToken } : {}));
      all.push(...(page.ReportDefinitions ?? []).map(read));
      NextToken = page.NextToken;
    } while (NextToken);
    return all;
  },

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
});
