import { invalid, type JsonInput } from '../../json.ts';
import { ServiceError } from '../../service.ts';
import { isRecord } from '../s3/policy.ts';

/** A definition as it was put, once it is known to be one. */
export interface Definition extends Readonly<Record<string, unknown>> {
  readonly ReportName: string;
  readonly S3Bucket: string;
  readonly S3Prefix: string;
  readonly S3Region: string;
}

/** Reads the definition of a request; throws what AWS answers to one that breaks its model or combines what doesn't go together. */
export const readDefinition = (input: JsonInput): Definition => {
  const sent = input.ReportDefinition;
  if (!isRecord(sent)) throw invalid('ReportDefinition', 'null', 'Member must not be null');
  for (const [field, rule] of Object.entries(rules)) checkField(field, sent[field], rule);
  for (const [field, allowed] of Object.entries(lists)) checkList(field, sent[field], allowed);
  const texts = {
    ReportName: String(sent.ReportName),
    S3Bucket: String(sent.S3Bucket),
    S3Region: String(sent.S3Region),
  };
  const definition = { ...defaults, ...sent, ...texts, S3Prefix: String(sent.S3Prefix) };
  // AWS explains none of these: the message really is empty.
  if (!combines(definition)) throw new ServiceError('ValidationException', '');
  return definition;
};

const defaults = { AdditionalArtifacts: [], RefreshClosedReports: false, ReportVersioning: 'CREATE_NEW_REPORT' };

interface Rule {
  readonly pattern: string;
  readonly max: number;
  readonly optional?: true;
}

const oneOf = (...values: string[]): Rule => ({ pattern: values.join('|'), max: 256 });

const rules: Readonly<Record<string, Rule>> = {
  ReportName: { pattern: "[0-9A-Za-z!\\-_.*'()]+", max: 256 },
  TimeUnit: oneOf('HOURLY', 'DAILY', 'MONTHLY'),
  Format: oneOf('textORcsv', 'Parquet'),
  Compression: oneOf('ZIP', 'GZIP', 'Parquet'),
  S3Bucket: { pattern: '[A-Za-z0-9_.\\-]+', max: 256 },
  S3Prefix: { pattern: "[0-9A-Za-z!\\-_.*'()/]*", max: 256 },
  S3Region: { pattern: '[a-z]{2}(-[a-z]+)+-\\d', max: 256 },
  ReportVersioning: { ...oneOf('CREATE_NEW_REPORT', 'OVERWRITE_REPORT'), optional: true },
};

const lists: Readonly<Record<string, readonly string[]>> = {
  AdditionalSchemaElements: ['RESOURCES', 'SPLIT_COST_ALLOCATION_DATA', 'MANUAL_DISCOUNT_COMPATIBILITY'],
  AdditionalArtifacts: ['REDSHIFT', 'QUICKSIGHT', 'ATHENA'],
};

const checkField = (field: string, value: unknown, rule: Rule): void => {
  const at = `ReportDefinition.${field}`;
  if (value === undefined || value === null) {
    if (rule.optional) return;
    throw invalid(at, 'null', 'Member must not be null');
  }
  const text = String(value);
  if (text.length > rule.max) throw invalid(at, text, `Member must have length less than or equal to ${rule.max}`);
  if (typeof value !== 'string' || !new RegExp(`^(?:${rule.pattern})$`).test(text)) {
    throw invalid(at, text, `Member must satisfy regular expression pattern: ${rule.pattern}`);
  }
};

const checkList = (field: string, value: unknown, allowed: readonly string[]): void => {
  const at = `ReportDefinition.${field}`;
  if (value === undefined && field === 'AdditionalArtifacts') return;
  if (!Array.isArray(value)) throw invalid(at, 'null', 'Member must not be null');
  const bad = value.find((entry: unknown) => typeof entry !== 'string' || !allowed.includes(entry));
  if (bad !== undefined) {
    throw invalid(at, `[${value.join(', ')}]`, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  }
};

const combines = (definition: Definition): boolean => {
  const { Format, Compression, ReportVersioning, S3Prefix, AdditionalArtifacts } = definition;
  const artifacts: unknown[] = Array.isArray(AdditionalArtifacts) ? AdditionalArtifacts : [];
  if ((Format === 'Parquet') !== (Compression === 'Parquet')) return false;
  if (artifacts.includes('ATHENA')) {
    return artifacts.length === 1 && Format === 'Parquet' && ReportVersioning === 'OVERWRITE_REPORT' && S3Prefix !== '';
  }
  if (artifacts.length > 0) return Compression === 'GZIP' && ReportVersioning === 'CREATE_NEW_REPORT';
  return true;
};
