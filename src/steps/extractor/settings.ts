import * as v from 'valibot';
import { remembered } from '../remembered.ts';

/** What step 3 goes by: its own answers, and what the earlier steps hand on. */
export const settings = v.object({
  ...remembered,
  bucket: v.string(),
  prefix: v.string(),
  link: v.optional(v.string()),
  /** Where the stack was found without a link. */
  extractorStackId: v.optional(v.string()),
  'account-list': v.optional(v.string()),
  'extractor-stack-name': v.optional(v.string()),
  'cur-bucket': v.optional(v.string()),
  'accept-risk': v.optional(v.array(v.string()), []),
  param: v.optional(v.record(v.string(), v.string()), {}),
});

export type Settings = v.InferOutput<typeof settings>;
