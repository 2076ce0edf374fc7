import { describe, expect, test } from 'vitest';
import { reports } from '../../../src/simulator/scenes/reports.ts';

import { known, type Rehearsal, reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const name = 'spotinst-cur-report';
const fallback = `${name}-111122223333`;

/** The first walk, unattended; its screen is the scene's. */
const walked = async (scene: string) => {
  const story = rehearse(scene);
  const run = await story.run.setup({ yes: true, flags: known });
  await shows(scene, run.screen);
  return { story, ...run };
};

const reportNames = (story: Rehearsal) => story.account().reports.map(({ definition }) => definition.ReportName);
const created = ['s3:CreateBucket', 's3:PutPublicAccessBlock', 's3:PutBucketPolicy', 'cur:PutReportDefinition'];

describe('a report that fits is adopted', () => {
  test('report-fits', async () => {
    const { story, exitCode, writes } = await walked('report-fits');
    expect(exitCode).toBe(0);
    expect(writes.filter((write) => /^(s3|cur):/.test(write))).toEqual([]);
    expect((await story.state())?.provenance).toMatchObject({
      report: { origin: 'found' },
      bucket: { origin: 'found' },
    });
  });

  test('many-reports: on whichever of its pages AWS lists it', async () => {
    const { story, exitCode, writes } = await walked('many-reports');
    expect(exitCode).toBe(0);
    expect(writes.filter((write) => /^(s3|cur):/.test(write))).toEqual([]);
    expect(story.calls().filter((call) => call === 'cur:DescribeReportDefinitions').length % 3).toBe(0);
  });

  test('report-raced: also when somebody else was faster', async () => {
    const { story, exitCode, writes } = await walked('report-raced');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
    expect((await story.state())?.provenance.report).toMatchObject({ origin: 'found' });
    expect(reportNames(story)).toEqual([name]);
  });

  test('report-refresh-off: once it is changed in place, and nothing else of it', async () => {
    const { story, exitCode, writes } = await walked('report-refresh-off');
    expect(exitCode).toBe(0);
    expect(writes.filter((write) => /^(s3|cur):/.test(write))).toEqual(['cur:ModifyReportDefinition']);
    expect(story.account().reports[0]?.definition).toMatchObject({ RefreshClosedReports: true, TimeUnit: 'HOURLY' });
  });

  test('report-elsewhere: where it is, by the command that is shown', async () => {
    const { story, exitCode, writes, problem } = await walked('report-elsewhere');
    expect({ exitCode, writes, problem }).toMatchObject({ exitCode: 1, writes: [] });
    const next = await story.run.setup({ yes: true, flags: story.mend() });
    expect(next.exitCode).toBe(0);
    expect(next.writes.filter((write) => /^(s3|cur):/.test(write))).toEqual([]);
    expect((await story.state())?.provenance.report).toMatchObject({ origin: 'found', id: name });
  });

  test('report-beside: the procedure’s own is made, and the other one is named', async () => {
    const { story, exitCode, writes } = await walked('report-beside');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
    expect(reportNames(story)).toEqual(['finops-cur', name]);
  });

  test('report-beside: or is used, by the command that is shown', async () => {
    const { run, state } = rehearse('report-beside');
    const flags = { ...known, 'report-name': 'finops-cur', bucket: 'acme-billing', prefix: 'cur' };
    const declined = await run.setup({ flags: known, says: { correct: '(go on)', yes: false } });
    expect(declined.screen).toContain('--report-name finops-cur --bucket acme-billing --prefix cur');
    const { exitCode, writes } = await run.setup({ yes: true, flags });
    expect(exitCode).toBe(0);
    expect(writes.filter((write) => /^(s3|cur):/.test(write))).toEqual([]);
    expect((await state())?.provenance.report).toMatchObject({ origin: 'found', id: 'finops-cur' });
  });
});

describe('a report that can’t be changed is explained, and another name proposed that works', () => {
  test.each(['report-differs', 'report-without-athena', 'report-without-resources', 'report-of-a-view'])(
    '%s',
    async (scene) => {
      const { story, exitCode, writes } = await walked(scene);
      expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
      const before = structuredClone(story.account().reports[0]?.definition);
      expect(await story.run.setup({ yes: true, flags: story.mend() })).toMatchObject({ exitCode: 0, writes: created });
      expect(reportNames(story)).toEqual([name, fallback]);
      expect(story.account().reports[0]?.definition).toEqual(before);
    },
  );

  test('also when it stood and somebody changes it', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    for (const report of story.account().reports) report.definition = { ...report.definition, Format: 'textORcsv' };
    const stopped = await story.run.resume({ yes: true });
    expect(stopped).toMatchObject({ exitCode: 1, writes: [] });
    expect(stopped.screen).toContain('spot-cur setup acme --report-name spotinst-cur-report-2');
    const flags = { 'report-name': 'spotinst-cur-report-2' };
    expect(await story.run.setup({ yes: true, flags })).toMatchObject({
      exitCode: 0,
      writes: ['cur:PutReportDefinition'],
    });
  });
});

describe('a report that has been deleted', () => {
  test('report-gone: is made below another prefix, which is told', async () => {
    const { story, exitCode, writes } = await walked('report-gone');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
    expect(story.account().reports[0]?.definition.S3Prefix).toBe('spotinst_eco-2');
  });

  test('is not made again in its place, by whoever names the very prefix', async () => {
    const story = rehearse('report-gone');
    const stopped = await story.run.setup({ yes: true, flags: { ...known, prefix: 'spotinst_eco' } });
    expect(stopped).toMatchObject({ exitCode: 1, writes: [] });
    expect(stopped.screen.replace(/\s+/g, ' ')).toContain('AWS warns that this can corrupt its data');
    expect(stopped.screen).toContain('spot-cur setup acme --prefix spotinst_eco-2');
  });

  const deleted = async () => {
    const story = rehearse();
    await reach(story, 'your-turn');
    story.account().reports.splice(0);
    const stopped = await story.run.resume({ yes: true });
    expect(stopped).toMatchObject({ exitCode: 1, writes: [] });
    return { story, stopped };
  };

  test('is not, either, when this program had made it', async () => {
    const { story, stopped } = await deleted();
    await shows('report-deleted', stopped.screen);
    // Neither is it in the next run, nor from a machine that knows nothing of it.
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 1, writes: [] });
    story.loseState();
    expect((await story.run.setup({ yes: true, flags: known })).exitCode).toBe(0);
    expect(story.account().reports[0]?.definition.S3Prefix).toBe('spotinst_eco-2');
  });

  test.each([
    ['another name', { 'report-name': 'spotinst-cur-report-2' }],
    ['another prefix', { prefix: 'spotinst_eco-2' }],
  ])('is made under %s by the command that is shown', async (_, flags) => {
    const { story, stopped } = await deleted();
    const [[flag = '', value = ''] = []] = Object.entries(flags);
    expect(stopped.screen).toContain(`spot-cur setup acme --${flag} ${value}`);
    const { exitCode, writes } = await story.run.setup({ yes: true, flags });
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
  });

  test('is made again where nothing was delivered, and where the bucket is gone too', async () => {
    const early = rehearse();
    await reach(early, 'waiting');
    early.account().reports.splice(0);
    early.advance(1);
    expect((await early.run.resume({ yes: true })).writes).toEqual(['cur:PutReportDefinition']);

    const late = rehearse();
    await reach(late, 'your-turn');
    late.account().reports.splice(0);
    delete late.world.buckets[name];
    expect((await late.run.resume({ yes: true })).writes).toEqual(created);
  });

  test('is not where its crawler file alone is left', async () => {
    const story = rehearse();
    await reach(story, 'your-turn');
    story.account().reports.splice(0);
    const objects = story.world.buckets[name]?.objects ?? {};
    for (const key of Object.keys(objects)) if (!key.endsWith('/crawler-cfn.yml')) delete objects[key];
    const { exitCode, screen, writes } = await story.run.resume({ yes: true });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(screen).toContain(`s3://${name}/spotinst_eco/${name}/crawler-cfn.yml`);
  });

  test('has to be seen by a walk before another name is taken', async () => {
    const story = rehearse();
    await reach(story, 'your-turn');
    story.account().reports.splice(0);
    expect((await story.run.status()).screen).toContain('--report-name spotinst-cur-report-2');
    const flags = { 'report-name': 'spotinst-cur-report-2' };
    const refused = await story.run.setup({ yes: true, flags });
    expect(refused.exitCode).toBe(2);
    expect(refused.problem?.advice.join()).toContain('have that seen first: spot-cur resume acme');
    await story.run.resume({ yes: true });
    expect((await story.run.setup({ yes: true, flags })).exitCode).toBe(0);
  });

  test('elsewhere in the bucket hinders nobody', async () => {
    const story = rehearse('report-gone');
    const { exitCode, writes } = await story.run.setup({ yes: true, flags: { ...known, prefix: 'other' } });
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
  });
});

test('report-limit: the reports that there are, by name, and on once one is deleted', async () => {
  const { story, exitCode, writes } = await walked('report-limit');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: created });
  story.mend();
  expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
});

describe('a delivery that failed', () => {
  test('delivery-refused: for want of a policy, which is written', async () => {
    const { story, exitCode, writes } = await walked('delivery-refused');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['s3:PutBucketPolicy'] });
    story.advance(24);
    expect((await story.run.resume({ yes: true })).screen).toContain('AWS delivers the report');
  });

  test('delivery-no-bucket: for want of a bucket, which is made', async () => {
    const { story, exitCode, writes } = await walked('delivery-no-bucket');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created.slice(0, 3) });
    story.advance(24);
    expect((await story.run.resume({ yes: true })).screen).toContain('AWS delivers the report');
  });
});

tells(reports);
