import type { HttpRequest } from './http.ts';
import type { Account, SessionEnd } from './world.ts';

/**
 * Whether the session that signs this request has ended, by the account's `sessionEnd`; one more call is counted. Another session
 * token than the one that has ended is a new session, which stays. `now` is ms.
 */
export const sessionEnded = ({ sessionEnd: end }: Account, { headers, query }: HttpRequest, now: number): boolean => {
  if (!end) return false;
  const token = headers['x-amz-security-token'] ?? query['X-Amz-Security-Token'] ?? '';
  if (end.ended !== undefined) return end.ended === token;
  if (lasts(end, now)) return false;
  end.ended = token;
  return true;
};

const lasts = (end: SessionEnd, now: number): boolean => {
  if (end.until !== undefined && now >= end.until) return false;
  if (end.calls === undefined) return true;
  if (end.calls <= 0) return false;
  end.calls -= 1;
  return true;
};

/** When the session of whoever signs with the account's own key ends, in ms; undefined when that can't be told of it. */
export const sessionUntil = ({ sessionEnd: end }: Account): number | undefined =>
  end?.ended === undefined ? end?.until : undefined;
