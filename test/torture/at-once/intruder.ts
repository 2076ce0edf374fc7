import { readFile, rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { SimulatedAws } from '../../support/simulated-aws.ts';
import type { Ended } from '../../support/spot-cur.ts';
import type { Wiretap } from '../../support/wiretap.ts';
import { crowd, journeyWords, type Left } from './crowd.ts';
import { lockOf, savedIn, witness } from './witness.ts';

/** A moment that is waited for until it is let come. */
export const moment = () => {
  let come = () => {};
  const comes = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { comes, come: () => come() };
};

/** The write at which runs are held. */
export const write = 'PutReportDefinition';

/** Where an intruder goes to work: `held` is what the tap holds. */
export interface Site {
  readonly home: string;
  readonly aws: SimulatedAws;
  readonly tap: Wiretap;
  readonly held: { [write]: Promise<void> };
}

/**
 * Removes the lock of the run that is held at its write, as a hand does. A second run takes the lock, goes on and comes to the same
 * write; only then does the first one get its answer, and has to stop there.
 */
export const intrude = async (
  { home, aws, tap, held }: Site,
  first: {
    /** Lets the first run's write through. */
    answer(): void;
    /** Resolves once the process of that number has ended. */
    ended(pid: number): Promise<Left>;
  },
  onEnd: (left: Left) => void,
): Promise<void> => {
  const second = moment();
  held[write] = second.comes;
  const expectNothingLost = witness(home);
  try {
    const { pid } = JSON.parse(await readFile(lockOf(home), 'utf8'));
    const firstEnds = first.ended(pid);
    await rm(lockOf(home));
    const secondEnds = crowd([{ words: journeyWords('').resume }], { home, url: tap.url, onEnd });
    await Promise.race([tap.hears(write), secondEnds]);
    const [writes, saved] = await Promise.all([aws.writes(), savedIn(home)]);
    first.answer();
    const { stderr } = await firstEnds;
    // The second run is held, so whatever comes to AWS and to the disk is the first one's.
    expect(await aws.writes(), stderr).toEqual([...writes, `cur:${write}`]);
    expect(await savedIn(home)).toBe(saved);
    second.come();
    for (const { code, stdout } of await secondEnds) expect(code, stdout).toBe(0);
    expectNothingLost();
  } finally {
    first.answer();
    second.come();
  }
};

/** A run whose lock was ended says so, and that it stops. */
export const expectStopped = ({ code, stdout, stderr }: Ended): void => {
  expect(stdout, stderr).toContain('The lock of this run was ended by somebody else, so it stops here');
  expect(code).toBe(6);
};
