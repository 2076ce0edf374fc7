import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { simulatedAws } from '../../support/simulated-aws.ts';
import { binary, documentOf, engineerOf, run, start } from '../../support/spot-cur.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { wiretap } from '../../support/wiretap.ts';
import { counted } from '../figures.ts';
import { journeyWords } from './crowd.ts';
import { expectStopped, moment, write } from './intruder.ts';
import { lockOf, savedIn, stateIn, witness } from './witness.ts';

const deadlineMs = 120_000;
const words = journeyWords('');

/** A home, and an AWS in which the write is held until it is answered. */
const scene = async () => {
  const [home, aws, answer] = [await temporaryFolder(), await simulatedAws(), moment()];
  const held: Record<string, Promise<void>> = { [write]: answer.comes };
  const tap = await wiretap(aws.url, { held });
  onTestFinished(async () => void (await Promise.all([tap.close(), aws.end()])));
  return { home, aws, tap, held, answer, env: engineerOf(home, tap.url) };
};

/** The writes of the kind that is held which AWS has taken. */
const taken = async ({ aws }: Awaited<ReturnType<typeof scene>>) =>
  (await aws.calls()).filter(({ operation, status }) => operation === write && status === 200).length;

const expectJournaled = async (home: string, did: unknown) => {
  const journaled = (await stateIn(home)).journal.filter(({ outcome }) => outcome === 'done');
  expect(journaled.map(({ summary }) => summary)).toEqual(expect.arrayContaining(did as string[]));
};

test('a lock that comes back, as from a backup, saves nothing over what another run saved', { timeout: 300_000 }, () =>
  counted('concurrent processes', async () => {
    const all = await scene();
    const { home, tap, held, answer, env } = all;
    const first = start(process.execPath, [binary, ...words.setup], { env, deadlineMs });
    await tap.hears(write);
    const expectNothingLost = witness(home);
    await rename(lockOf(home), `${lockOf(home)}.away`);
    delete held[write];
    const second = await run(words.resume, { env, deadlineMs });
    expect(second.code, second.stderr).toBe(0);
    const saved = await savedIn(home);
    await rename(`${lockOf(home)}.away`, lockOf(home));
    answer.come();
    const { code, stdout } = await first.ended;
    expect(stdout).toMatch(/Another run has saved \\".+\\" meanwhile: it is at \d+, and this run knew \d+/);
    expect(code).toBe(1);
    expect(await savedIn(home)).toBe(saved);
    expectNothingLost();
    await expectJournaled(home, documentOf(second).did);
    expect(await taken(all)).toBe(1);
  }),
);

test(
  'a run that is stopped in the middle of a save, and robbed of its lock, is not saved under',
  { timeout: 300_000 },
  () =>
    counted('concurrent processes', async () => {
      const all = await scene();
      const { home, answer, env } = all;
      answer.come();
      // Its intent to write is about to be saved.
      const pausing = {
        ...env,
        NODE_OPTIONS: `--require=${resolve(import.meta.dirname, 'pausing.cjs')}`,
        PAUSE: '"action": "cur:PutReportDefinition"',
      };
      const first = start(process.execPath, [binary, ...words.setup], { env: pausing, deadlineMs });
      onTestFinished(() => first.signal('SIGKILL'));
      await first.shows('about to save');
      const expectNothingLost = witness(home);
      await rm(lockOf(home));
      const saved = await savedIn(home);
      const second = await run(words.resume, { env, deadlineMs });
      expect(second.stdout).toMatch(/Another run is at the connection acme: \\"save\\"/);
      expect(second.code).toBe(6);
      expect(await savedIn(home)).toBe(saved);
      first.signal('SIGCONT');
      expectStopped(await first.ended);
      expectNothingLost();
      const third = await run(words.resume, { env, deadlineMs });
      expect(third.code, third.stderr).toBe(0);
      expect(await taken(all)).toBe(1);
    }),
);
