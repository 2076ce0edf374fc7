import type { HttpRequest } from './http.ts';
import { addressOf } from './services/s3/address.ts';
import type { Account, Before, Lag, ServiceName, World } from './world.ts';

/** What a write is about to change, as it is before: for S3 the bucket that is addressed, else the service's whole list. */
export const before = (
  { buckets }: World,
  { reports, stacks, crawlers }: Account,
  service: ServiceName,
  request: HttpRequest,
): Before | undefined => {
  if (service === 'cur') return structuredClone({ of: service, reports });
  if (service === 'cloudformation') return structuredClone({ of: service, stacks });
  if (service === 'glue') return structuredClone({ of: service, crawlers });
  const { bucket: name } = service === 's3' ? addressOf(request) : {};
  if (name === undefined) return undefined;
  const bucket = Object.hasOwn(buckets, name) ? structuredClone(buckets[name]) : undefined;
  return { of: 's3', name, ...(bucket && { bucket }) };
};

/** Who looks, and at what. */
interface Look {
  readonly account: Account;
  readonly service: ServiceName;
  readonly operation: string;
  readonly mutating: boolean;
  readonly now: number;
}

/**
 * The world as a call is to find it. Writes find it as it is, but for those that look at a bucket of the account for themselves:
 * a report is made once the bucket's policy is seen.
 */
export const shownTo = (world: World, look: Look): { readonly world: World; readonly account: Account } => {
  const sees = look.mutating ? (look.service === 'cur' ? 's3' : undefined) : look.service;
  const lags = world.lags.filter(
    (lag) => lag.account === look.account.id && lag.before.of === sees && lasts(lag, look),
  );
  let shown = { world, account: look.account };
  // What is older hides more.
  for (const lag of lags.reverse()) {
    if (lag.reads !== undefined) lag.reads -= 1;
    shown = overlaid(shown, lag.before);
  }
  return shown;
};

const lasts = ({ reads, until }: Lag, { now }: Look): boolean => (reads === undefined ? now < (until ?? 0) : reads > 0);

const overlaid = ({ world, account }: ReturnType<typeof shownTo>, past: Before): ReturnType<typeof shownTo> => {
  if (past.of === 's3') {
    const { [past.name]: now, ...buckets } = world.buckets;
    // What is written to it meanwhile is no part of what is slow to show.
    const shown = past.bucket && { [past.name]: { ...past.bucket, objects: now?.objects ?? past.bucket.objects } };
    return { world: { ...world, buckets: { ...buckets, ...shown } }, account };
  }
  const { of: _, ...lists } = past;
  const earlier = { ...account, ...lists };
  return { world: { ...world, accounts: { ...world.accounts, [account.id]: earlier } }, account: earlier };
};
