import type { Finding } from '../../template/review/findings.ts';
import { review } from '../../template/review/review.ts';
import { readWhole } from '../../template/review/whole.ts';
import { templateText } from '../../template/template.ts';
import { sha256 } from '../sha256.ts';
import type { Settings } from './settings.ts';

/**
 * What the crawler file would create and grant. Whoever may write to the bucket may have changed it, and CloudFormation makes
 * its roles with the rights of whoever creates the stack.
 */
export const reviewFile = (
  bytes: Uint8Array,
  { account, bucket, prefix, crawlerKey }: Settings,
  now: number,
): readonly Finding[] => {
  const source = `s3://${bucket}/${crawlerKey}`;
  const { findings } = review(readWhole(templateText(bytes, source), source), {
    sha256: sha256(bytes),
    parameters: {},
    prefilled: [],
    account,
    templateBucket: undefined,
    connection: { bucket, prefix, account },
    // The report's own bucket was chosen by the user, and each delivery may bring another file.
    confirmed: () => true,
    now,
  });
  return findings;
};
