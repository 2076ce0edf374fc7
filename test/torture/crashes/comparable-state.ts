import type { State } from '../../../src/state/state.ts';
import { withoutChance } from '../comparable-world.ts';

/** A new bucket has it on already (aws-facts §4), so it is written in the run that makes the bucket, and in no later one. */
const needless = 'public-access-block:';

/** What a state remembers, without what another run remembers otherwise: times, random ids, how often it was saved, where it asked. */
export const comparableState = ({ lineage: _, serial: __, endpoint: ___, journal, ...rest }: State): unknown =>
  JSON.parse(
    withoutChance(
      JSON.stringify({
        ...rest,
        // An attempt that got no answer never learns AWS's request id.
        journal: journal
          // A message that the disk did not take is written again, which is an attempt more.
          .filter(({ change, error = '' }) => !change.startsWith(needless) && !/^Problem: "\//.test(error))
          .map(({ change, summary, resource, outcome, error }) => ({ change, summary, resource, outcome, error })),
      }),
    ),
  );
