import * as v from 'valibot';
import { remembered } from '../remembered.ts';

/** What step 2 goes by: its own answers, and what the report step hands on. */
export const settings = v.object({
  ...remembered,
  reportName: v.string(),
  bucket: v.string(),
  prefix: v.string(),
  /** Where the crawler file was seen. */
  crawlerKey: v.string(),
  'stack-name': v.string(),
  'spot-org-id': v.array(v.string()),
  'msp-account': v.string(),
  contact: v.optional(v.string()),
  'accept-notification': v.optional(v.array(v.string()), []),
  'accept-risk': v.optional(v.array(v.string()), []),
  /** Whether the notifications that the stack replaced are to be put back in this run. */
  'restore-notifications': v.optional(v.boolean()),
  link: v.optional(v.string()),
});

export type Settings = v.InferOutput<typeof settings>;
