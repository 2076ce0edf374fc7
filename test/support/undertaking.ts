import type { Undertaking } from '../../src/step.ts';

/** A change that is made with nobody watching. */
export const unwatched: Undertaking = { tell() {}, check() {} };
