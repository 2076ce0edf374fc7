import type { ConfirmedKind } from '../../template/review/context.ts';
import type { Finding } from '../../template/review/findings.ts';
import { review } from '../../template/review/review.ts';
import { readWhole } from '../../template/review/whole.ts';
import { sha256 } from '../sha256.ts';
import type { Offer } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import type { Settings } from './settings.ts';

/** What a person can confirm of a template, once for all connections of a home. */
export const kindsConfirmed: readonly ConfirmedKind[] = ['template-bucket', 'output-bucket', 'digest'];

export interface Reviewed {
  readonly findings: readonly Finding[];
  /** The notes to keep when a person agrees to what was shown. */
  readonly confirms: Readonly<Record<string, string>>;
}

interface Reviewable {
  readonly text: string;
  /** Of the template's bytes, in hex. */
  readonly sha256: string;
  /** How messages name it. */
  readonly source: string;
  readonly templateBucket: string | undefined;
}

interface Surroundings {
  readonly account: string | undefined;
  /** Where the connection's report lies, if there is a connection. */
  readonly report: { readonly bucket: string; readonly prefix: string } | undefined;
  readonly confirmations: ReadonlySet<string>;
}

/** Reviews a template with the very parameters that would be sent. `now` in ms. */
export const reviewTemplate = (
  { text, sha256, source, templateBucket }: Reviewable,
  { values, origins }: Pick<Parameters, 'values' | 'origins'>,
  { account, report, confirmations }: Surroundings,
  now: number,
): Reviewed => {
  const shown = new Map<string, Set<string>>(kindsConfirmed.map((kind) => [kind, new Set()]));
  const { findings } = review(readWhole(text, source), {
    sha256,
    parameters: values,
    prefilled: Object.keys(origins).filter((key) => origins[key] === 'link'),
    account,
    templateBucket,
    ...(report && account && { connection: { ...report, account } }),
    confirmed(kind, value) {
      shown.get(kind)?.add(value);
      return confirmations.has(`${kind} ${value}`);
    },
    now,
  });
  const confirms = [...shown].filter(([, found]) => found.size > 0);
  return {
    findings,
    confirms: Object.fromEntries(confirms.map(([kind, found]) => [`confirmed-${kind}`, [...found].join(' ')])),
  };
};

/** Reviews what the link offers to this connection. */
export const reviewOffer = (
  { text, sha256, link: { template } }: Offer,
  parameters: Parameters,
  { account, bucket, prefix }: Settings,
  { confirmations, now }: { readonly confirmations: ReadonlySet<string>; readonly now: number },
): Reviewed =>
  reviewTemplate(
    { text, sha256, source: template.url, templateBucket: template.bucket },
    parameters,
    { account, report: { bucket, prefix }, confirmations },
    now,
  );

/** Reviews what the transforms of the link's template have made of it: that is what will be created. */
export const reviewProcessed = (
  text: string,
  { link: { template } }: Offer,
  parameters: Parameters,
  { account, bucket, prefix }: Settings,
  { confirmations, now }: { readonly confirmations: ReadonlySet<string>; readonly now: number },
): Reviewed =>
  reviewTemplate(
    { text, sha256: sha256(Buffer.from(text)), source: template.url, templateBucket: template.bucket },
    parameters,
    { account, report: { bucket, prefix }, confirmations },
    now,
  );
