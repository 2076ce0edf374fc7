import { expect, test } from 'vitest';
import { known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

/** How far a connection had come when its state was lost; what is found then, what is left to do, and where it rests. */
interface Loss {
  readonly when: string;
  readonly found: readonly string[];
  readonly made: readonly string[];
  readonly writes: readonly string[];
  bring(rehearsal: Rehearsal): Promise<void>;
}

/** The crawler stack stands, and the run ended before its crawler was scheduled. */
const unscheduled = async (rehearsal: Rehearsal) => {
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  rehearsal.refuse('glue:UpdateCrawlerSchedule', { code: 'AccessDeniedException', message: 'no', status: 400 });
  await rehearsal.run.resume({ yes: true });
  rehearsal.relent();
};

const delivered = async (rehearsal: Rehearsal) => {
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
};

const losses: readonly Loss[] = [
  {
    when: 'the report was created and nothing was delivered',
    bring: (rehearsal) => reach(rehearsal, 'waiting'),
    found: ['bucket', 'report'],
    made: [],
    writes: [],
  },
  {
    when: 'the report was delivered',
    bring: delivered,
    found: ['bucket', 'report'],
    made: ['crawler-schedule', 'crawler-stack'],
    writes: ['cloudformation:CreateStack', 'glue:UpdateCrawlerSchedule'],
  },
  {
    when: 'the crawler stack stood, without a schedule',
    bring: unscheduled,
    found: ['bucket', 'crawler-stack', 'report'],
    made: ['crawler-schedule'],
    writes: ['glue:UpdateCrawlerSchedule'],
  },
  {
    when: 'the crawler was scheduled',
    bring: (rehearsal) => reach(rehearsal, 'your-turn'),
    found: ['bucket', 'crawler-schedule', 'crawler-stack', 'report'],
    made: [],
    writes: [],
  },
  {
    when: 'the extractor stood, whose link is lost too',
    bring: (rehearsal) => reach(rehearsal, 'ready'),
    found: ['bucket', 'crawler-schedule', 'crawler-stack', 'extractor-stack', 'report'],
    made: [],
    writes: [],
  },
];

test.each(losses)('lost when $when, the state is made anew from AWS', async ({ bring, found, made, writes }) => {
  const rehearsal = rehearse();
  await bring(rehearsal);
  rehearsal.advance(0.1);
  rehearsal.loseState();
  const run = await rehearsal.run.setup({ yes: true, flags: known });
  expect({ exitCode: run.exitCode, writes: run.writes }).toEqual({ exitCode: 0, writes });
  const { provenance = {} } = (await rehearsal.state()) ?? {};
  const of = (origin: string) =>
    Object.keys(provenance)
      .filter((key) => provenance[key]?.origin === origin)
      .sort();
  expect(of('found')).toEqual(found);
  expect(of('created')).toEqual(made);
});

test.each(losses)('and from there, lost when $when, the connection comes to its end', async ({ bring }) => {
  const rehearsal = rehearse();
  await bring(rehearsal);
  rehearsal.loseState();
  const { run, advance } = rehearsal;
  await run.setup({ yes: true, flags: known });
  advance(24);
  await run.resume({ yes: true });
  await run.resume({ yes: true, sent: true });
  advance(49);
  const { exitCode, screen } = await run.resume({ yes: true, flags: { link: rehearsal.link() } });
  expect(exitCode, screen).toBe(0);
  expect(screen).toContain('All three steps are done');
  const account = rehearsal.account();
  expect(account.reports).toHaveLength(1);
  expect(Object.keys(rehearsal.world.buckets).filter((name) => name.startsWith('spotinst-cur'))).toHaveLength(1);
});
