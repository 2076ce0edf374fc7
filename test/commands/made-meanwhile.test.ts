import { expect, test } from 'vitest';
import { known, rehearse } from '../support/rehearsal.ts';

test('a connection that another run makes while resume looks for it is not walked without its lock', async () => {
  /** How many looks find nothing yet. */
  let tooEarly = 0;
  const { run, advance } = rehearse(undefined, {
    session: (session) => {
      const load = async (customer: string) => {
        tooEarly -= 1;
        return tooEarly >= 0 ? undefined : session.store.load(customer);
      };
      return { ...session, store: { ...session.store, load } };
    },
  });
  await run.setup({ yes: true, flags: known });
  advance(25);
  // All that are made before the lock.
  tooEarly = 2;
  const { exitCode, screen, writes } = await run.resume({ yes: true });
  expect(screen).toContain('There is no connection named acme.');
  expect({ exitCode, writes }).toEqual({ exitCode: 2, writes: [] });
});
