import { describe, expect, test } from 'vitest';
import { known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

const goes = { confirm: 'acme' };

const removed = async (how: { readonly deleteData?: boolean } = {}): Promise<Rehearsal> => {
  const story = rehearse();
  await reach(story, 'ready');
  story.advance(1);
  await story.run.remove({ ...goes, ...how });
  story.advance(1);
  return story;
};

const prefixOf = (story: Rehearsal) => story.account().reports.map(({ definition }) => definition.S3Prefix);
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('a connection that was taken back', () => {
  test('is told as such by status, in words and as JSON, without a look at AWS', async () => {
    const story = await removed();
    const before = story.calls().length;
    const { screen, exitCode } = await story.run.status({ exitCode: true });
    await expect(screen).toMatchFileSnapshot('screens/removed-status.txt');
    expect(exitCode).toBe(8);
    const { customers } = JSON.parse((await story.run.status({ json: true })).stdout);
    expect(customers).toMatchObject([
      { state: 'not-started', removal: { kind: 'done', at: expect.stringMatching(/^2026-11-26T11:00:.*Z$/) } },
    ]);
    expect(story.calls().length).toBe(before);
  });

  test.each(['resume', 'handover'] as const)(
    'leaves %s nothing to go on with, which says what to type',
    async (command) => {
      const story = await removed();
      const { exitCode, screen, stdout, writes } = await story.run[command]({ yes: true });
      expect({ exitCode, stdout, writes }).toEqual({ exitCode: 1, stdout: '', writes: [] });
      expect(screen).toContain('spot-cur setup acme');
    },
  );

  test('can be taken back again, which does nothing and says what has stayed', async () => {
    const story = await removed();
    const { exitCode, screen, writes } = await story.run.remove();
    await expect(screen).toMatchFileSnapshot('screens/removed-again.txt');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  });

  test('is no obstacle to another connection of the same report', async () => {
    const story = await removed();
    const { exitCode, screen } = await story.run.setup({ customer: 'acme-anew', yes: true, flags: known });
    expect(exitCode, screen).toBe(0);
    expect(prefixOf(story)).toEqual(['spotinst_eco-2']);
  });

  test('prints one document', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const plan = JSON.parse((await story.run.remove({ dryRun: true, json: true })).stdout);
    expect(plan).toMatchObject({
      schema: 'spot-cur/removal@1',
      customer: { name: 'acme', accountId: '111122223333' },
      state: 'planned',
      did: [],
      goes: [
        'Delete the Cost and Usage Report spotinst-cur-report',
        expect.stringContaining('Delete the policy'),
        expect.stringContaining('Mark the connection'),
      ],
      stays: [expect.objectContaining({ what: expect.stringContaining('billing data') }), expect.anything()],
      next: 'spot-cur remove acme',
    });
    story.stage().deny({ action: 's3:DeleteBucketPolicy' });
    await story.run.remove({ ...goes, json: true });
    story.stage().allow();
    const done = JSON.parse((await story.run.remove({ ...goes, json: true })).stdout);
    expect(done).toMatchObject({ state: 'removed', goes: [], next: 'spot-cur setup acme' });
    expect(done.did).toHaveLength(2);
  });
});

describe('setup after a removal', () => {
  test('proposes another prefix on its one screen, with the reason', async () => {
    const story = await removed();
    const { screen, exitCode } = await story.run.setup({ says: { correct: '(go on)', yes: true } });
    await expect(screen).toMatchFileSnapshot('screens/removed-setup.txt');
    expect(exitCode).toBe(0);
    expect(prefixOf(story)).toEqual(['spotinst_eco-2']);
  });

  test('takes it where nobody is asked, and says so', async () => {
    const story = await removed();
    const { screen, exitCode } = await story.run.setup({ yes: true });
    expect(exitCode).toBe(0);
    expect(flat(screen)).toContain('Prefix: spotinst_eco-2 (the report spotinst-cur-report was taken back from');
    expect(prefixOf(story)).toEqual(['spotinst_eco-2']);
  });

  test('goes all the way to the end once more, with a message and a link of its own', async () => {
    const story = await removed();
    await story.run.setup({ yes: true });
    story.advance(25);
    const asked = await story.run.resume({ yes: true });
    expect(asked.exitCode, asked.screen).toBe(0);
    expect((await story.message())?.body).toContain('spotinst_eco-2');
    await story.run.resume({ yes: true, sent: true });
    story.advance(49);
    const { exitCode, screen } = await story.run.resume({ yes: true, flags: { link: story.link() } });
    expect(exitCode, screen).toBe(0);
    expect((await story.run.status()).screen).toContain('ready');
    // And back once more, with all that both have delivered.
    story.advance(1);
    expect((await story.run.remove({ ...goes, deleteData: true })).exitCode).toBe(0);
    expect(Object.keys(story.world.buckets).filter((name) => name.startsWith('spotinst'))).toEqual([]);
    await story.run.setup({ yes: true });
    expect(prefixOf(story)).toEqual(['spotinst_eco-3']);
  });

  test("refuses the very prefix, in AWS's words, whether the data still lies there or not", async () => {
    for (const deleteData of [false, true]) {
      const story = await removed({ deleteData });
      const { exitCode, writes, screen } = await story.run.setup({ yes: true, flags: { prefix: 'spotinst_eco' } });
      expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
      expect(flat(screen)).toContain('was taken back with spot-cur remove on 2026-11-26');
      expect(flat(screen)).toContain('AWS warns that this can corrupt its data');
      expect(screen).toContain('spot-cur setup acme --prefix spotinst_eco-2');
      // Nothing was made, so nothing has begun; and what was refused is proposed to nobody.
      expect((await story.run.status()).screen).toContain('taken back');
      expect((await story.run.setup({ yes: true })).exitCode).toBe(0);
      expect(prefixOf(story)).toEqual(['spotinst_eco-2']);
      expect((await story.run.status()).screen).not.toContain('taken back');
    }
  });

  test('begins once somebody agrees, not when they look', async () => {
    const story = await removed();
    const { exitCode } = await story.run.setup({ says: { correct: '(go on)', yes: false } });
    expect(exitCode).toBe(1);
    expect((await story.run.status()).screen).toContain('taken back');
  });

  test('does the same where the state was lost, as long as data lies there', async () => {
    const story = await removed();
    story.loseState();
    const { exitCode, screen } = await story.run.setup({ yes: true, flags: known });
    expect(exitCode).toBe(0);
    expect(flat(screen)).toContain('holds what a report of this name has delivered below spotinst_eco, and AWS warns');
    expect(prefixOf(story)).toEqual(['spotinst_eco-2']);
    const refused = await removed();
    refused.loseState();
    const flags = { ...known, prefix: 'spotinst_eco' };
    expect(await refused.run.setup({ yes: true, flags })).toMatchObject({ exitCode: 1, writes: [] });
  });

  test('under another report name keeps the usual prefix', async () => {
    const story = await removed();
    await story.run.setup({ yes: true, flags: { 'report-name': 'acme-report' } });
    expect(prefixOf(story)).toEqual(['spotinst_eco']);
  });
});
