import { expect, test } from 'vitest';
import { crawlerTemplate } from '../../src/simulator/templates/crawler.ts';
import { acme, known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

const crawlerKey = 'spotinst_eco/spotinst-cur-report/crawler-cfn.yml';

const objectsIn = ({ world }: Rehearsal) => world.buckets['spotinst-cur-report']?.objects ?? {};

/** Has AWS make the report anew, `created` in ms: nothing is delivered for a day. */
const madeAnew = ({ account }: Rehearsal, created: number) => {
  const reports = account().reports.map(({ definition }) => ({ definition, created }));
  account().reports.splice(0, reports.length, ...reports);
};

const notVisible = {
  code: 'ValidationException',
  message: `Failed to verify customer bucket permission. accountId= ${acme}, bucket name: spotinst-cur-report, bucket region: us-east-1`,
};

test('a policy that AWS does not see yet is waited for, and the user sees why', async () => {
  const { run, refuse, account } = rehearse();
  refuse('cur:PutReportDefinition', { ...notVisible, times: 3 });
  const { screen, exitCode } = await run.setup({ yes: true, flags: known });
  expect(exitCode).toBe(0);
  expect(screen).toContain('AWS does not see yet that it may write to the bucket; trying again in 3 seconds');
  expect(screen).toContain('AWS does not see yet that it may write to the bucket; trying again in 7 seconds');
  expect(account().reports.length).toBe(1);
});

test('after some minutes it stops, and the next run goes on where it was', async () => {
  const { run, refuse, relent, state } = rehearse();
  refuse('cur:PutReportDefinition', notVisible);
  const stopped = await run.setup({ yes: true, flags: known });
  expect(stopped.exitCode).toBe(1);
  expect(stopped.problem?.message).toContain('Failed to verify customer bucket permission');
  expect((await state())?.journal.map(({ change, outcome }) => `${change} ${outcome}`)).toEqual([
    'bucket:spotinst-cur-report done',
    'public-access-block:spotinst-cur-report done',
    'bucket-policy:spotinst-cur-report done',
    'report:spotinst-cur-report failed',
  ]);
  relent();
  const { exitCode, screen, writes } = await run.resume({ says: { yes: true } });
  await expect(screen).toMatchFileSnapshot('screens/resumed-after-refusal.txt');
  expect(exitCode).toBe(0);
  expect(writes).toEqual(['cur:PutReportDefinition']);
});

test('the wait says which of delivery and crawler file is missing', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const { run, advance } = rehearsal;
  expect((await run.resume()).screen).toContain('neither its delivery nor crawler-cfn.yml is');
  advance(24);
  rehearsal.simulator.settle();
  const objects = objectsIn(rehearsal);
  delete objects[crawlerKey];
  expect((await run.resume()).screen).toContain('AWS has delivered the report; crawler-cfn.yml is still missing');
  advance(24);
  rehearsal.simulator.settle();
  madeAnew(rehearsal, rehearsal.simulator.clock.now());
  const { screen, exitCode, writes } = await run.resume();
  expect(screen).toContain('crawler-cfn.yml is in the bucket; AWS does not say yet');
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
});

test('a report that is late is told after a day', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(30);
  madeAnew(rehearsal, rehearsal.simulator.clock.now());
  const { screen } = await rehearsal.run.resume();
  await expect(screen).toMatchFileSnapshot('screens/report-late.txt');
});

test('a crawler file below a period folder is found too', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  rehearsal.simulator.settle();
  const objects = objectsIn(rehearsal);
  const file = objects[crawlerKey];
  if (file) objects['spotinst_eco/spotinst-cur-report/20261101-20261201/crawler-cfn.yml'] = file;
  delete objects[crawlerKey];
  expect((await rehearsal.run.resume({ yes: true })).exitCode).toBe(0);
  expect(rehearsal.account().stacks.map(({ name }) => name)).toEqual(['SpotEcoStack']);
});

test('a crawler file of another report is refused', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  rehearsal.simulator.settle();
  const objects = objectsIn(rehearsal);
  const other = crawlerTemplate({ bucket: 'somebody-elses', name: 'their-report', folder: 'x/their-report' });
  objects[crawlerKey] = { content: Buffer.from(other).toString('base64'), contentType: 'text/yaml', modified: 0 };
  const { screen, exitCode, writes } = await rehearsal.run.resume({ yes: true });
  await expect(screen).toMatchFileSnapshot('screens/foreign-crawler-file.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});
