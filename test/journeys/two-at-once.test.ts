import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { answers, binary, documentOf, engineerOf, journey, run, start } from '../support/spot-cur.ts';
import { type Wiretap, wiretap } from '../support/wiretap.ts';

const lockOf = (home: string) => join(home, '.spot-cur/customers/acme.lock');
const journalOf = async (home: string): Promise<readonly { readonly change: string; readonly outcome?: string }[]> =>
  JSON.parse(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8')).journal;

/** A setup that is stopped, as by a closed laptop, while its last write is on its way: AWS takes it, the answer is not read. */
const stoppedInMidWrite = async (home: string, tap: Wiretap) => {
  const env = engineerOf(home, tap.url);
  const setup = start(process.execPath, [binary, 'setup', 'acme', '--yes', ...answers], { env, deadlineMs: 90_000 });
  await tap.hears('PutReportDefinition');
  setup.signal('SIGSTOP');
  return setup;
};

describe.concurrent('two runs at once', { timeout: 120_000 }, () => {
  journey('the second one says who holds the lock, since when, and what to do', async ({ home, aws, expect }) => {
    const tap = await wiretap(aws.url);
    const env = engineerOf(home, tap.url);
    const first = await stoppedInMidWrite(home, tap);
    const second = await run(['resume', 'acme', '--yes'], { env });
    expect(second.code).toBe(6);
    const told = second.stderr.replace(/\s+/g, ' ');
    expect(told).toMatch(
      new RegExp(
        `Another run is at the connection acme: "setup" by "[^"]+" on this machine, process ${first.pid}, since \\w{3}, \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d UTC \\(.* ago\\)`,
      ),
    );
    expect(told).toContain(`kill ${first.pid}`);
    const document = documentOf(await run(['setup', 'acme', '--yes', '--json', ...answers], { env }));
    expect(document).toMatchObject({ schema: 'spot-cur/error@1', error: { code: 'locked' } });
    // Looking needs no lock.
    expect((await run(['status', 'acme'], { env })).code).toBe(0);
    first.signal('SIGKILL');
    await first.ended;
    const third = await run(['resume', 'acme', '--yes'], { env });
    expect(third.code, third.stderr).toBe(0);
    expect((await aws.writes()).filter((write) => write === 'cur:PutReportDefinition')).toHaveLength(1);
    await tap.close();
  });

  for (const [how, end] of [
    ['by --force-unlock at a terminal', undefined],
    ['by a hand that removed its file', rm],
  ] as const)
    journey(`a run whose lock was ended ${how} loses nobody's update`, async ({ home, aws, atTerminal, expect }) => {
      const tap = await wiretap(aws.url);
      const first = await stoppedInMidWrite(home, tap);
      if (end) await end(lockOf(home));
      const words = end ? ['resume', 'acme'] : ['resume', 'acme', '--force-unlock'];
      const second = atTerminal([...words, '--yes'], { env: { AWS_ENDPOINT_URL: tap.url } });
      if (!end) {
        await second.waitFor('End this lock and go on?');
        expect(second.transcript().replace(/\s+/g, ' ')).toContain(
          `! Process ${first.pid} runs on this machine right now.`,
        );
        second.type('y');
        second.press('enter');
      }
      expect((await second.exit).code, second.transcript()).toBe(0);
      const saved = await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8');

      first.signal('SIGCONT');
      const { code, stderr } = await first.ended;
      expect(code, stderr).toBe(6);
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        'The lock of this run was ended by somebody else, so it stops here',
      );
      expect(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8')).toBe(saved);
      expect((await aws.writes()).filter((write) => write === 'cur:PutReportDefinition')).toHaveLength(1);
      const next = await run(['resume', 'acme', '--yes'], { env: engineerOf(home, tap.url) });
      expect(next.code, next.stderr).toBe(0);
      await tap.close();
    });

  journey(
    'the lock of another machine is ended by its id where nobody can be asked',
    async ({ home, aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      const id = '11111111-2222-3333-4444-555555555555';
      const time = new Date().toISOString();
      const theirs = { id, operation: 'resume', owner: 'sam', host: `not-${hostname()}`, pid: 4711, time };
      await writeFile(lockOf(home), JSON.stringify(theirs), { mode: 0o600 });
      const refused = await spotCur('resume', 'acme', '--yes');
      expect(refused.code).toBe(6);
      expect(refused.stderr.replace(/\s+/g, ' ')).toContain(`the same command with --force-unlock ${id}`);
      const misplaced = await spotCur('resume', '--force-unlock', 'acme', '--yes');
      expect(misplaced.code).toBe(2);
      expect(misplaced.stderr).toContain('spot-cur resume acme --force-unlock');
      expect((await spotCur('resume', 'acme', '--yes', '--force-unlock')).code).toBe(2);
      const calls = (await aws.calls()).length;
      const ended = await spotCur('resume', 'acme', '--yes', '--force-unlock', id);
      expect(ended.code, ended.stderr).toBe(0);
      expect((await aws.calls()).length).toBeGreaterThan(calls);
      expect(ended.stderr).toContain('The lock was ended: "resume" by "sam"');
      expect(await journalOf(home)).toHaveLength(4);
    },
  );
});
