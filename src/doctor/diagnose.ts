import type { Aws } from '../aws/aws.ts';
import type { Clock } from '../clock.ts';
import { examine } from './examine.ts';
import type { Area } from './finding.ts';
import { inspect } from './inspect.ts';
import { impatientLooks } from './looks.ts';
import type { Subject } from './subject.ts';

/** Where a doctor looks. */
export interface Patient {
  lookingUntil(signal: AbortSignal): Aws;
  /** When the credentials end, in ms. */
  expiry(): Promise<number | undefined>;
}

/**
 * Looks for everything that can be known to fail, within five seconds, and never writes. The caller is known already, so that
 * the clock has AWS's time. @throws Cancelled when the user wants to leave, and nothing else
 */
export const diagnose = async (
  { lookingUntil, expiry }: Patient,
  subject: Subject,
  clock: Pick<Clock, 'now' | 'ahead' | 'alarm'>,
): Promise<readonly Area[]> => {
  const looks = impatientLooks({ lookingUntil }, clock);
  const sights = await inspect(looks, subject, { now: clock.now(), expiry });
  return examine(subject, sights, { now: clock.now(), ahead: clock.ahead() });
};
