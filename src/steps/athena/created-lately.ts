import { moment } from '../remembered.ts';
import type { Settings } from './settings.ts';

/** How long after its creation the stack, or its crawler, may be slow to show, in ms; the stack itself takes some of that. */
const showsWithin = 10 * 60_000;

/** True when this connection has only just had the crawler stack created. */
export const createdLately = ({ provenance }: Settings, now: number): boolean => {
  const { origin, at } = provenance['crawler-stack'] ?? {};
  const created = origin === 'created' ? moment(at) : undefined;
  return created !== undefined && now - created < showsWithin;
};
