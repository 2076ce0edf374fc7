import fc from 'fast-check';
import { type Fault, faultKinds } from '../../../src/simulator/fault.ts';
import { effort } from '../figures.ts';
import type { Day } from '../journey.ts';
import type { Death } from '../mortal.ts';

/** What comes in between, as plain data: it can be printed and played again. */
export interface Scenario {
  /** The morning on which it begins, counted from 1. */
  readonly from: number;
  readonly faults: readonly Fault[];
  readonly death: Death;
}

/** Any scenario: 1 to 5 faults at any calls from some morning on, and a kill. Many begin on the first, bounded runs fewer. */
export const scenarios = (days: readonly Day[]): fc.Arbitrary<Scenario> =>
  fc
    .oneof(
      { weight: 1, arbitrary: fc.constant(1) },
      { weight: effort.bounded ? 5 : 1, arbitrary: fc.integer({ min: 2, max: days.length }) },
    )
    .chain((from) => {
      const calls = days.slice(from - 1).flatMap((day) => day.calls);
      return fc.record({
        from: fc.constant(from),
        faults: fc.array(faultAmong(calls), { minLength: 1, maxLength: 5 }),
        // Beside its calls, a run saves and sleeps.
        death: fc.record({
          at: fc.integer({ min: 1, max: Math.round(calls.length * 1.3) }),
          when: fc.constantFrom('before', 'after'),
        }),
      });
    });

const faultAmong = (calls: readonly string[]): fc.Arbitrary<Fault> =>
  fc
    .record({
      call: fc.integer({ min: 0, max: calls.length - 1 }),
      kind: fc.constantFrom(...faultKinds),
      times: fc.integer({ min: 1, max: 4 }),
      lag: fc.oneof(
        fc.record({ reads: fc.integer({ min: 1, max: 6 }) }),
        fc.record({ ms: fc.integer({ min: 1, max: 300 }).map((seconds) => seconds * 1000) }),
      ),
    })
    .map(({ call, kind, times, lag }) => {
      const operation = calls[call] ?? '';
      const after = calls.slice(0, call).filter((each) => each === operation).length;
      return { operation, kind, after, times, ...(kind === 'slow-to-show' && lag) };
    });
