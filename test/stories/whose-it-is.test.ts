import { expect, test } from 'vitest';
import { crawlerTemplate } from '../../src/simulator/templates/crawler.ts';
import { known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

/** No attempt at the write gets an answer; with `after`, it takes effect all the same. */
const unanswered = ({ world }: Rehearsal, operation: string, kind: 'reset-before' | 'reset-after') =>
  world.faults.push({ operation, kind, after: 0, times: 3 });

/** The run that gets no answer, and the next one, too late for the token of the first. */
const anHourApart = async ({ run, advance }: Rehearsal, flags = {}, meanwhile = () => {}) => {
  const { exitCode, screen } = await run.resume({ yes: true, flags });
  expect(exitCode, screen).toBe(1);
  meanwhile();
  advance(1);
  const next = await run.resume({ yes: true });
  expect(next.exitCode, next.screen).toBe(0);
  return next;
};

test('the crawler stack that got no answer is known by its id, and by the file that it was made from', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  unanswered(rehearsal, 'cloudformation:CreateStack', 'reset-after');
  await anHourApart(rehearsal);
  const { notes, provenance } = (await rehearsal.state()) ?? {};
  expect(notes?.['crawler-stack-id']).toBe(rehearsal.account().stacks[0]?.id);
  expect(notes?.['crawler-sha256']).toMatch(/^[0-9a-f]{64}$/);
  expect(provenance?.['crawler-stack']?.origin).toBe('created');
});

test('a stack that somebody else made of the same file meanwhile was found', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  unanswered(rehearsal, 'cloudformation:CreateStack', 'reset-before');
  const name = 'spotinst-cur-report';
  await anHourApart(rehearsal, {}, () => {
    const template = crawlerTemplate({ bucket: name, name, folder: `spotinst_eco/${name}` });
    const { timeline } = rehearsal.stage().stack('SpotEcoStack', template);
    for (const entry of timeline) Object.assign(entry, { token: 'Console-CreateStack-1' });
  });
  const { journal = [], provenance } = (await rehearsal.state()) ?? {};
  expect(provenance?.['crawler-stack']?.origin).toBe('found');
  expect(journal.find(({ change }) => change === 'crawler-stack:SpotEcoStack')?.outcome).toBeUndefined();
});

test('a change set that got no answer is found by its name, however late, and executed', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  unanswered(rehearsal, 'cloudformation:CreateChangeSet', 'reset-after');
  const { writes, screen } = await anHourApart(rehearsal, { link: rehearsal.link() });
  expect(writes).toEqual(['cloudformation:ExecuteChangeSet']);
  expect(screen).not.toContain('somebody else');
  const [extractor] = rehearsal.account().stacks.filter(({ name }) => name === 'SpotExtractor');
  expect(extractor?.changeSets).toHaveLength(1);
  expect((await rehearsal.state())?.notes['extractor-stack-id']).toBe(extractor?.id);
});

test('a bucket that never came to be is nobody’s once another name was chosen', async () => {
  const rehearsal = rehearse();
  unanswered(rehearsal, 's3:CreateBucket', 'reset-before');
  expect((await rehearsal.run.setup({ yes: true, flags: known })).exitCode).toBe(1);
  rehearsal.advance(1);
  const { exitCode, screen } = await rehearsal.run.resume({ yes: true, flags: { bucket: 'acme-billing' } });
  expect(exitCode, screen).toBe(0);
  const { journal = [], provenance } = (await rehearsal.state()) ?? {};
  const said = journal
    .filter(({ change }) => change.startsWith('bucket:'))
    .map(({ change, outcome }) => `${change} ${outcome ?? 'unknown'}`);
  expect(said).toEqual(['bucket:spotinst-cur-report unknown', 'bucket:acme-billing done']);
  expect(provenance?.bucket).toMatchObject({ origin: 'created', id: 'acme-billing' });
});

test('a schedule that was another one is still known when nobody answers that it was changed', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'your-turn');
  const [crawler] = rehearsal.account().crawlers;
  const changed = rehearsal.simulator.clock.now();
  Object.assign(crawler ?? {}, { schedule: { expression: 'cron(0 6 * * ? *)', state: 'SCHEDULED', changed } });
  unanswered(rehearsal, 'glue:UpdateCrawlerSchedule', 'reset-after');
  rehearsal.advance(1);
  await anHourApart(rehearsal);
  expect((await rehearsal.state())?.notes['crawler-schedule-before']).toBe('SCHEDULED cron(0 6 * * ? *)');
});
