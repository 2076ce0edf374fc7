import { type Fault, type FaultKind, faultKinds } from './fault.ts';
import { bodyText, type HttpRequest } from './http.ts';
import { services } from './services/services.ts';

const EXAMPLE = '{"operation": "cur:PutReportDefinition", "kind": "reset-after"}';

/** The fault that a body like `{"operation": "s3:CreateBucket", "kind": "hang-after", "after": 1, "times": 2}` asks for, or what is wrong with it. */
export const scriptedFault = (request: HttpRequest): Fault | string => {
  let input: unknown;
  try {
    input = JSON.parse(bodyText(request));
  } catch {
    return `The body has to be JSON, like ${EXAMPLE}.`;
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return `The body has to be like ${EXAMPLE}.`;
  const { operation, kind, after = 0, times = 1, reads, ms, ...rest }: Readonly<Record<string, unknown>> = { ...input };
  const [odd] = Object.keys(rest);
  if (odd !== undefined) return `There is no ${odd}. There are: operation, kind, after, times, reads, ms.`;
  if (!isOperation(operation)) return 'operation has to be a call that is imitated, as in cur:PutReportDefinition.';
  if (!isKind(kind)) return `kind has to be one of: ${faultKinds.join(', ')}.`;
  if (!isCount(after)) return 'after has to be a whole number: how many calls are let through first.';
  if (!isCount(times) || times === 0) return 'times has to be a whole number from 1: how many calls are met.';
  if (kind !== 'slow-to-show')
    return reads === undefined && ms === undefined
      ? { operation, kind, after, times }
      : 'reads and ms are for slow-to-show alone.';
  if (isCount(reads) && reads > 0 && ms === undefined) return { operation, kind, after, times, reads };
  if (isCount(ms) && ms > 0 && reads === undefined) return { operation, kind, after, times, ms };
  return 'slow-to-show takes either reads or ms, as a whole number from 1: for how long the world is shown as before.';
};

const isOperation = (value: unknown): value is string => {
  const [, service = '', operation = ''] = /^([a-z0-9]+):(\w+)$/.exec(String(value)) ?? [];
  const found = Object.entries(services).find(([name]) => name === service)?.[1];
  return typeof value === 'string' && found !== undefined && Object.hasOwn(found.operations, operation);
};

const isKind = (value: unknown): value is FaultKind => faultKinds.some((kind) => kind === value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
