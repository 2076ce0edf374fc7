import * as v from 'valibot';
import { remembered } from '../remembered.ts';

/** What step 1 goes by. The name of the report or of the bucket alone names both. */
export const settings = v.pipe(
  v.object({
    ...remembered,
    'report-name': v.optional(v.string()),
    bucket: v.optional(v.string()),
    prefix: v.string(),
    /** The account that the user vouches for, where AWS does not tell whether it is the management account. */
    vouched: v.optional(v.string()),
  }),
  v.check((given) => (given.bucket ?? given['report-name']) !== undefined, 'bucket'),
  v.transform(({ 'report-name': name, bucket, ...rest }) => ({
    ...rest,
    reportName: name ?? bucket ?? '',
    bucket: bucket ?? name ?? '',
    /** Both are named, so that another name for one leaves the other. */
    ...(name !== undefined && bucket !== undefined && { apart: true }),
  })),
);

export type Settings = v.InferOutput<typeof settings>;
