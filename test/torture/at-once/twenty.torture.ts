import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type SimulatedAws, simulatedAws } from '../../support/simulated-aws.ts';
import { documentOf } from '../../support/spot-cur.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { wiretap } from '../../support/wiretap.ts';
import { count, effort } from '../figures.ts';
import { crowd, journeyWords, type Left, type Member, several } from './crowd.ts';
import { expectStopped, intrude, moment, write } from './intruder.ts';
import { roll } from './roll.ts';
import { standing } from './standing.ts';
import { customersIn, stateIn } from './witness.ts';

/** Who plays which part of the journey, and who breaks in while it begins. */
interface Parts {
  readonly setup: readonly Member[];
  readonly resume: readonly Member[];
  readonly sent: readonly Member[];
  linked(link: string): readonly Member[];
  intruder?(home: string): Promise<void>;
}

const journey = async (aws: SimulatedAws, url: string, parts: Parts, onEnd: (left: Left) => void) => {
  const home = await temporaryFolder();
  const play = (members: readonly Member[]) => crowd(members, { home, url, onEnd });
  /** Whoever was killed may have been the last: one more goes to the end of the phase. */
  const finish = (words: readonly string[]) => play([{ words }]);
  const { resume, sent } = journeyWords('');
  await Promise.all([parts.intruder?.(home), play(parts.setup)]);
  await finish(resume);
  await aws.advance({ hours: 25 });
  await play(parts.resume);
  await finish(resume);
  await play(parts.sent);
  await finish(sent);
  await aws.advance({ hours: 49 });
  const link = await aws.link();
  await play(parts.linked(link));
  const [last] = await finish(journeyWords(link).linked);
  expect(last?.code, last?.stderr).toBe(0);
  return { home, last };
};

/** Everybody ends well, was killed, or says who was there before; who was robbed of its lock, that it was. */
const expectEndedWell = (left: Left, robbed: number | undefined): void => {
  const { code, killed, stdout, words } = left;
  if (left.pid === robbed) {
    expectStopped(left);
    return;
  }
  const told = `${words.join(' ')}: ${code}\n${stdout}`;
  if (killed || code === 0) return;
  // Before the first save there is no connection yet.
  if (code === 2 && words[0] !== 'setup' && stdout.includes('There is no connection named acme')) return;
  expect(told).toContain('"code": "locked"');
  expect(code).toBe(6);
  expect(told).toMatch(
    /Another run is at the connection acme: \\"(setup|resume)\\" by \\".+\\" on this machine, process \d+, since .+ago\)/,
  );
};

const survives = (left: Left, robbed: number | undefined): boolean => {
  try {
    expectEndedWell(left, robbed);
    return true;
  } catch (error) {
    process.stderr.write(`${error}\n`);
    return false;
  }
};

test('twenty processes at once, some killed, leave what one alone would have left', { timeout: 600_000 }, async () => {
  const alone = await simulatedAws();
  const one = (words: readonly string[]) => [{ words }];
  const words = journeyWords('');
  const undisturbed = await journey(
    alone,
    alone.url,
    { setup: one(words.setup), resume: [], sent: [], linked: () => [] },
    ({ code, stderr }) => expect(code, stderr).toBe(0),
  );

  const aws = await simulatedAws();
  // Whoever comes to this write has the lock, and keeps it until all others have given up; then it is robbed of it.
  const answer = moment();
  const held = { [write]: answer.comes };
  const tap = await wiretap(aws.url, { held });
  const everybody = roll();
  let robbed: number | undefined;
  const onEnd = (left: Left) => {
    count('concurrent processes', survives(left, robbed));
    everybody.add(left);
  };
  const ended = (pid: number) => {
    robbed = pid;
    return everybody.until((all) => all.find((left) => left.pid === pid));
  };
  const intruder = async (home: string) => {
    await Promise.all([tap.hears(write), everybody.until((all) => all.length === 19 || undefined)]);
    await intrude({ home, aws, tap, held }, { answer: answer.come, ended }, onEnd);
  };
  const more = effort.bounded ? 0 : 1;
  const hunter = (shown: RegExp) => ({ shown, kills: 2 });
  const disturbed = await journey(
    aws,
    tap.url,
    {
      intruder,
      setup: [
        ...several(11, words.setup, hunter(/Create the S3 bucket/)),
        ...several(5, words.resume),
        ...several(4, words.status),
      ],
      resume: [
        ...several(11 * more, words.resume, hunter(/Write the message/)),
        ...several(5 * more, words.setup),
        ...several(4 * more, words.status),
      ],
      sent: [...several(15 * more, words.sent), ...several(5 * more, words.status)],
      linked: (link) => [
        ...several(16 * more, journeyWords(link).linked, hunter(/Execute the change set/)),
        ...several(4 * more, words.status),
      ],
    },
    onEnd,
  );
  expect(everybody.all.filter((left) => !survives(left, robbed))).toEqual([]);
  expect(everybody.all.filter(({ code }) => code === 6).length).toBeGreaterThanOrEqual(6);
  expect(everybody.all.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(2);

  expect(await standing(aws)).toEqual(await standing(alone));
  const [state, reference] = [await stateIn(disturbed.home), await stateIn(undisturbed.home)];
  expect(Object.keys(state.provenance)).toEqual(Object.keys(reference.provenance));
  expect(state.answers).toEqual(reference.answers);
  // Whatever a run says that it did is in the journal: no save of another one has covered it.
  const journaled = state.journal.filter(({ outcome }) => outcome === 'done').map(({ summary }) => summary);
  const did = everybody.all
    .filter(({ code }) => code === 0)
    .flatMap((left) => (documentOf(left).did ?? []) as string[]);
  expect(journaled).toEqual(expect.arrayContaining(did));
  expect(new Set(state.journal.map(({ token }) => token)).size).toBe(state.journal.length);
  for (const folder of [disturbed.home, undisturbed.home])
    expect((await readdir(customersIn(folder))).filter((name) => !/^acme\.json(\.previous)?$/.test(name))).toEqual([]);
  await Promise.all([tap.close(), aws.end(), alone.end()]);
});
