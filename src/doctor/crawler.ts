import type { Notification } from '../aws/buckets.ts';
import type { CatalogGuard } from '../aws/catalog.ts';
import type { Concurrency } from '../aws/functions.ts';
import { concurrencyRoom, concurrencyTexts } from '../steps/athena/concurrency.ts';
import { clashesWithCrawler, isCrawlers, notificationLine } from '../steps/athena/notifications.ts';
import { remedyFor } from '../steps/stack-failure.ts';
import { printable, shellWord } from '../text.ts';
import { couldNotLook, type Finding, fine, obstacle } from './finding.ts';
import type { Sight } from './looks.ts';
import type { Names } from './names.ts';
import type { Subject } from './subject.ts';

/** Whether the crawler stack's functions can be made. */
export const concurrencyFinding = (
  sight: Sight<Concurrency | undefined>,
  { customer, made }: { readonly customer: string; readonly made: boolean },
): Finding => {
  const id = 'concurrency';
  if (made) return fine(id, "The crawler stack's functions have their concurrency.");
  if (!sight.known) return couldNotLook(id, "Lambda's concurrency", sight);
  const { value } = sight;
  if (!value) return couldNotLook(id, "Lambda's concurrency", { reason: 'AWS does not tell.' });
  const room = concurrencyRoom(value);
  if (room !== 'enough')
    return obstacle(id, concurrencyTexts(value, customer), room === 'none' ? 'problem' : 'warning');
  const evidence = `limit ${value.limit}, unreserved ${value.unreserved}`;
  return fine(id, 'Lambda has room for the two executions that the crawler stack reserves.', evidence);
};

/** Where the remedies that are asked for here need no more than the customer. */
const placeFor = (customer: string, principal?: string) => ({
  customer,
  principal,
  otherInput: '',
  freshTemplate: '',
});

/** Whether the crawler stack's database can be made. `principal`: the ARN of the user or role that acts, where it is known. */
export const guardFinding = (
  sight: Sight<CatalogGuard | undefined>,
  {
    customer,
    principal,
    made,
  }: { readonly customer: string; readonly principal: string | undefined; readonly made: boolean },
): Finding => {
  const id = 'lake-formation';
  if (made) return fine(id, "The crawler stack's database stands.");
  if (!sight.known) return couldNotLook(id, "Lake Formation's settings", sight);
  if (!sight.value) return couldNotLook(id, "Lake Formation's settings", { reason: 'AWS does not tell.' });
  const { iamDecides, administrators } = sight.value;
  if (iamDecides) return fine(id, 'Lake Formation leaves the data catalog to IAM.');
  if (principal !== undefined && administrators.includes(principal))
    return fine(id, 'Lake Formation guards the data catalog, and these credentials are an administrator of it.');
  return {
    id,
    level: 'warning',
    title:
      'Lake Formation guards the data catalog: the crawler stack fails unless it has granted these credentials to create databases.',
    evidence:
      administrators.length > 0
        ? printable(`administrators: ${administrators.join(', ')}`)
        : 'it has no administrators',
    advice: [...remedyFor('lake-formation', { type: '', reason: undefined }, placeFor(customer, principal))],
  };
};

/** What the crawler stack would replace. */
export const notificationFinding = (
  sight: Sight<readonly Notification[]>,
  { customer }: Pick<Subject, 'customer'>,
  names: Names,
): Finding => {
  const id = 'notifications';
  const { bucket, stackName } = names;
  if (!sight.known) return couldNotLook(id, `the notifications of ${bucket}`, sight);
  const foreign = sight.value.filter((each) => !isCrawlers(each, stackName));
  if (foreign.length === 0) return fine(id, `${bucket} tells nobody else when files change.`);
  const flags = foreign.map((each) => `--accept-notification ${shellWord(each.id)}`).join(' ');
  const clashes = foreign.some((each) => clashesWithCrawler(each, names));
  return {
    id,
    level: 'warning',
    title: `${bucket} tells others when files change, and the crawler stack will replace that. Nothing is replaced before it is accepted by name.`,
    details: foreign.map(notificationLine),
    advice: [
      'Find out who needs it. A report in a bucket of its own keeps it.',
      `When the stack's turn comes, accept it; a copy is kept: spot-cur resume ${customer} ${flags}`,
      ...(clashes
        ? []
        : [`It is put back beside the crawler's by: spot-cur resume ${customer} --restore-notifications`]),
    ],
  };
};
