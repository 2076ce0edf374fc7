import * as v from 'valibot';

/** The settings that every step is given, beside its own answers. */
export const remembered = {
  customer: v.string(),
  /** The customer's management account. */
  account: v.string(),
  /** Who acts, as STS names them. */
  arn: v.optional(v.string()),
  notes: v.record(v.string(), v.string()),
  provenance: v.record(
    v.string(),
    v.object({ origin: v.picklist(['created', 'found']), id: v.string(), at: v.string() }),
  ),
};

/** A time of the state, in ms; undefined when it was never noted. */
export const moment = (iso: string | undefined): number | undefined => {
  const time = Date.parse(iso ?? '');
  return Number.isNaN(time) ? undefined : time;
};
