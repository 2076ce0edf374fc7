import type { HttpRequest } from './http.ts';
import type { Account } from './world.ts';

/**
 * Whether the session that signs this request has ended, by the account's `sessionEnd`; one more call is counted. Another session
 * token than the one that has ended is a new session, which stays.
 */
export const sessionEnded = ({ sessionEnd: end }: Account, { headers, query }: HttpRequest): boolean => {
  if (!end) return false;
  const token = headers['x-amz-security-token'] ?? query['X-Amz-Security-Token'] ?? '';
  if (end.ended !== undefined) return end.ended === token;
  if (end.calls > 0) {
    end.calls -= 1;
    return false;
  }
  end.ended = token;
  return true;
};
