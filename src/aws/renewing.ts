import { Cancelled } from '../errors.ts';
import { isOfNoSession } from './explain.ts';

/**
 * Begins a new session in place of one that has ended. `again` is true when a call failed with a new one, too.
 * @returns false where there is no way to one: what was thrown stands
 */
export type Renew = (error: unknown, again: boolean) => Promise<boolean>;

/**
 * Makes calls again once the session that ended under them is renewed: AWS refused them, so they had no effect. Calls that fail
 * together are helped by one renewal. Whoever left when asked to renew is not asked again.
 */
export const renewing = (renew: Renew | undefined) => {
  let sessions = 0;
  let underWay: Promise<boolean> | undefined;
  let left: Cancelled | undefined;

  const renewOnce = (begin: Renew, error: unknown, again: boolean): Promise<boolean> => {
    if (left) throw left;
    underWay ??= begin(error, again)
      .then((renewed) => {
        if (renewed) sessions += 1;
        return renewed;
      })
      .catch((thrown) => {
        if (thrown instanceof Cancelled) left = thrown;
        throw thrown;
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };

  return async <T>(call: () => Promise<T>): Promise<T> => {
    for (let again = false; ; again = true) {
      const session = sessions;
      try {
        return await call();
      } catch (error) {
        if (!renew || !isOfNoSession(error)) throw error;
        if (sessions === session && !(await renewOnce(renew, error, again))) throw error;
      }
    }
  };
};
