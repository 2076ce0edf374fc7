import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryStrategyV2 } from '@smithy/types';

/** How often a call is made at the most, until it is answered. */
export const mostAttempts = 3;

/** The bases of the SDK's pauses in ms, by what went wrong: each is doubled with each attempt, and a random part of it is waited. */
const bases = { THROTTLING: 1_000, OTHER: 50 } as const;

/**
 * The SDK's standard retries, with its pauses slept by `pause` (ms), so that they end with whatever the clock of a run is.
 * The SDK decides what is worth another attempt, and stops when too many fail.
 */
export const retries = (pause: (ms: number) => Promise<void>): RetryStrategyV2 => {
  const standard = new StandardRetryStrategy({
    maxAttempts: mostAttempts,
    backoff: { computeNextBackoffDelay: () => 0, setDelayBase: () => {} },
  });
  return {
    // The old CUR client knows no scopes.
    acquireInitialRetryToken: (scope = '') => standard.acquireInitialRetryToken(scope),
    async refreshRetryTokenForRetry(token, trouble) {
      const next = await standard.refreshRetryTokenForRetry(token as never, trouble);
      const base = trouble.errorType === 'THROTTLING' ? bases.THROTTLING : bases.OTHER;
      await pause(Math.floor(Math.random() * base * 2 ** token.getRetryCount()));
      return next;
    },
    recordSuccess: (token) => standard.recordSuccess(token as never),
  };
};
