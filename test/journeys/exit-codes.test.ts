import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { answers, bare, binary, documentOf, type Ended, engineerOf, journey, run, start } from '../support/spot-cur.ts';
import { wiretap } from '../support/wiretap.ts';

type Finding = { readonly id: string; readonly level: string };

interface ErrorDocument {
  readonly schema: string;
  readonly error: { readonly code: string; readonly message: string; readonly advice: readonly string[] };
}

/** What --json prints for trouble: exactly one document. */
const errorOf = (ended: Ended) => {
  const { schema, error } = documentOf(ended) as unknown as ErrorDocument;
  return { schema, code: error.code, text: [error.message, ...error.advice].join('\n') };
};

const corpus = join(import.meta.dirname, '../template/review/corpus');

// 70 is our own bug, which can't be provoked from outside.
describe.concurrent('exit codes', { timeout: 60_000 }, () => {
  journey('0: handed back at AWS’s turn, and 8 when that was asked', async ({ spotCur, expect }) => {
    const setup = await spotCur('setup', 'acme', '--yes', ...answers);
    expect(setup.code, setup.stderr).toBe(0);
    expect(setup.stdout).toBe('');
    expect(setup.stderr).toContain('spot-cur resume acme');
    expect((await spotCur('status', 'acme')).code).toBe(0);
    const waiting = await spotCur('status', '--exit-code', '--json');
    expect(waiting.code).toBe(8);
    expect(documentOf(waiting)).toMatchObject({ customers: [{ name: 'acme', state: 'waiting', step: 'report' }] });
  });

  journey('7: an alarm of the review, until it is accepted by its id', async ({ aws, spotCur, expect }) => {
    const template = join(corpus, 'hostile/iam-create-user.yaml');
    const ended = await spotCur('review', template, '--json');
    expect(ended.code).toBe(7);
    const { schema, findings } = documentOf(ended) as unknown as { schema: string; findings: Finding[] };
    expect(schema).toBe('spot-cur/review@1');
    const alarms = findings.filter(({ level }) => level === 'alarm').flatMap(({ id }) => ['--accept-risk', id]);
    expect((await spotCur('review', template, ...alarms)).code).toBe(0);
    const other = join(corpus, 'hostile/administrator-policy.yaml');
    expect((await spotCur('review', other, ...alarms)).code).toBe(7);
    expect((await spotCur('review', join(corpus, 'benign/simulated-crawler.yaml'))).code).toBe(0);
    expect(await aws.writes()).toEqual([]);
  });

  journey('1: another account than the one that was named', async ({ aws, spotCur, expect }) => {
    const ended = await spotCur('setup', 'acme', '--yes', '--json', '--account', '222233334444', ...answers);
    expect(ended.code).toBe(1);
    expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'wrong-account' });
    expect(errorOf(ended).text).toMatch(/111122223333[\s\S]*222233334444/);
    expect(await aws.writes()).toEqual([]);
  });

  journey('1: a saved state that is damaged, which stays as it is', async ({ home, aws, spotCur, expect }) => {
    const folder = join(home, '.spot-cur/customers');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'acme.json'), '{ "version": 1, "cust');
    for (const words of [
      ['resume', 'acme', '--yes'],
      ['setup', 'acme', '--yes', ...answers],
      // What is missing may be in the file.
      ['setup', 'acme', '--yes'],
      ['status'],
      ['handover'],
    ]) {
      const ended = await spotCur(...words, '--json');
      expect(ended.code, words.join(' ')).toBe(1);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'state' });
    }
    expect(await aws.writes()).toEqual([]);
  });

  const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown option', ['setup', '--bukket', 'x'], /--bukket[\s\S]*--bucket/],
    ['an unknown command', ['stauts'], /stauts[\s\S]*status/],
    ['an option without its value', ['status', '--profile'], /--profile/],
    ['too many names', ['status', 'acme', 'ajax'], /argument/],
    ['a malformed account', ['setup', 'acme', '--yes', '--msp-account', '12'], /12 digits/],
    ['a name that is none', ['setup', 'Acme Corp', '--yes', ...answers], /lower-case/],
    ['a port that is none', ['simulate', '--port', '65536'], /65536/],
    ['missing answers', ['setup', 'acme', '--yes'], /--spot-org-id[\s\S]*--msp-account/],
    ['nothing to resume', ['resume'], /spot-cur setup/],
    ['a connection that there is not', ['resume', 'ajax'], /ajax[\s\S]*spot-cur setup ajax/],
    ['an answers file that there is not', ['setup', 'acme', '--yes', '--answers', 'none.yml'], /none\.yml/],
    [
      'a link that leads elsewhere',
      [
        'setup',
        'acme',
        '--yes',
        ...answers,
        '--link',
        'https://console.aws.amazon.com.evil.example/cloudformation/home',
      ],
      /link/,
    ],
  ];
  for (const [what, words, told] of usage)
    journey(`2: ${what}`, async ({ home, expect }) => {
      // Without credentials: all of this is known before any are looked for.
      const [command = '', ...rest] = words;
      const ended = await run([command, '--json', ...rest], { env: bare(home) });
      expect(ended.code, ended.stderr).toBe(2);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'usage' });
      expect(errorOf(ended).text).toMatch(told);
    });

  journey('2: everything that is wrong is told at once', async ({ home, expect }) => {
    const words = [
      '--bucket',
      'No',
      '--prefix',
      '/x',
      '--spot-org-id',
      'one',
      '--account-list',
      '1 2',
      '--stack-name',
      '1',
    ];
    const ended = await run(['setup', 'acme', '--json', ...words], { env: bare(home) });
    expect(ended.code).toBe(2);
    for (const flag of ['--bucket', '--prefix', '--spot-org-id', '--account-list', '--stack-name', '--msp-account'])
      expect(errorOf(ended).text).toContain(flag);
  });

  for (const disabled of ['true', undefined])
    journey(`4: no credentials, metadata ${disabled ? 'disabled' : 'not disabled'}`, async ({ home, expect }) => {
      // Should a machine have an instance role after all, its keys lead to a port where nobody listens.
      const env = { ...bare(home), AWS_EC2_METADATA_DISABLED: disabled, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
      const began = performance.now();
      const ended = await run(['setup', 'acme', '--yes', '--json', ...answers], { env });
      expect(performance.now() - began).toBeLessThan(8_000);
      expect(ended.code, ended.stderr).toBe(4);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'credentials' });
    });

  journey('4: a profile that there is not', async ({ home, expect }) => {
    const words = ['setup', 'acme', '--yes', '--json', '--profile', 'acme-billing', ...answers];
    const ended = await run(words, { env: bare(home) });
    expect(ended.code).toBe(4);
    expect(errorOf(ended).text).toContain('acme-billing');
  });

  journey('4: keys that AWS does not know', async ({ home, aws, expect }) => {
    const env = { ...engineerOf(home, aws.url), AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' };
    const ended = await run(['setup', 'acme', '--yes', '--json', ...answers], { env });
    expect(ended.code).toBe(4);
    expect(errorOf(ended)).toMatchObject({ code: 'credentials' });
    expect(ended.stdout + ended.stderr).not.toContain('simulated');
  });

  journey('5: AWS denies an action, which is named; once it is allowed, it goes on', async ({ home, aws, expect }) => {
    const words = ['setup', 'acme', '--yes', '--json', ...answers];
    const tap = await wiretap(aws.url, { denied: ['PutReportDefinition'] });
    const denied = await run(words, { env: engineerOf(home, tap.url) });
    expect(denied.code, denied.stderr).toBe(5);
    expect(errorOf(denied)).toMatchObject({ schema: 'spot-cur/error@1', code: 'denied' });
    expect(errorOf(denied).text).toContain('cur:PutReportDefinition');
    tap.allow();
    const allowed = await run(words, { env: engineerOf(home, tap.url) });
    expect(allowed.code, allowed.stderr).toBe(0);
    expect(await aws.writes()).toContain('cur:PutReportDefinition');
    expect((await aws.writes()).filter((write) => write === 's3:CreateBucket')).toHaveLength(1);
    await tap.close();
  });

  journey('6: another run is at the same connection', async ({ aws, spotCur, atTerminal, expect }) => {
    const first = atTerminal(['setup', 'acme', ...answers]);
    await first.waitFor('Is this right?');
    const second = await spotCur('setup', 'acme', '--yes', '--json', ...answers);
    expect(second.code, second.stderr).toBe(6);
    expect(errorOf(second)).toMatchObject({ schema: 'spot-cur/error@1', code: 'locked' });
    expect(errorOf(second).text).toContain('setup');
    expect((await spotCur('setup', 'acme', '--dry-run', '--no-input', ...answers)).code).toBe(0);
    first.kill('SIGKILL');
    await first.exit;
    const third = await spotCur('setup', 'acme', '--yes', ...answers);
    expect(third.code, third.stderr).toBe(0);
    expect(await aws.writes()).toContain('cur:PutReportDefinition');
  });

  journey(
    '130: Ctrl-C during a wait; the next run goes on with what was begun',
    async ({ home, aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      await aws.advance({ hours: 25 });
      const env = engineerOf(home, aws.url);
      const resume = start(process.execPath, [binary, 'resume', 'acme', '--yes', '--json'], { env });
      await resume.shows('CloudFormation creates the stack');
      resume.signal('SIGINT');
      const ended = await resume.ended;
      expect(ended.code, ended.stderr).toBe(130);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'interrupted' });
      await aws.advance({ minutes: 10 });
      const next = await spotCur('resume', 'acme', '--yes');
      expect(next.code, next.stderr).toBe(0);
      expect((await aws.writes()).filter((write) => write === 'cloudformation:CreateStack')).toHaveLength(1);
      expect(await aws.writes()).toContain('glue:UpdateCrawlerSchedule');
    },
  );

  journey('130: Ctrl-C during a write, which is finished and recorded', async ({ home, aws, expect }) => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const tap = await wiretap(aws.url, { held: { PutReportDefinition: held } });
    const words = ['setup', 'acme', '--yes', '--json', ...answers];
    const setup = start(process.execPath, [binary, ...words], { env: engineerOf(home, tap.url) });
    await tap.hears('PutReportDefinition');
    setup.signal('SIGINT');
    await setup.shows('Finishing the write that is under way');
    answer();
    const ended = await setup.ended;
    expect(ended.code, ended.stderr).toBe(130);
    expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'interrupted' });
    expect(await aws.writes()).toContain('cur:PutReportDefinition');
    const { journal } = JSON.parse(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8'));
    expect(journal.map(({ outcome }: { outcome?: string }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    await tap.close();
  });

  journey(
    '130: a second Ctrl-C leaves at once, with a document and the write on record',
    async ({ home, aws, expect }) => {
      const tap = await wiretap(aws.url, { held: { PutReportDefinition: new Promise(() => {}) } });
      const words = ['setup', 'acme', '--yes', '--json', ...answers];
      const setup = start(process.execPath, [binary, ...words], { env: engineerOf(home, tap.url) });
      await tap.hears('PutReportDefinition');
      setup.signal('SIGINT');
      await setup.shows('Finishing the write that is under way');
      setup.signal('SIGINT');
      const ended = await setup.ended;
      expect(ended.code, ended.stderr).toBe(130);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'interrupted' });
      const { journal } = JSON.parse(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8'));
      expect(journal.at(-1)).not.toHaveProperty('outcome');
      await tap.close();
    },
  );

  journey('1: what is to be printed goes onto a full disk', async ({ home, expect }) => {
    if (!existsSync('/dev/full')) return process.stderr.write('There is no /dev/full here, so no output failed.\n');
    const printed = spawnSync(process.execPath, [binary, 'help', 'exit-codes'], {
      env: bare(home) as NodeJS.ProcessEnv,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect(printed.status, printed.stderr).toBe(1);
    expect(printed.stderr).toContain('could be written: ENOSPC');
  });

  for (const name of ['SIGTERM', 'SIGHUP'] as const)
    journey(`130: ${name}`, async ({ home, expect }) => {
      const rehearsal = start(process.execPath, [binary, 'rehearse', '--json'], { env: bare(home) });
      await rehearsal.shows('Step 1 of 3');
      rehearsal.signal(name);
      const ended = await rehearsal.ended;
      expect(ended.code, ended.stderr).toBe(130);
      expect(errorOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', code: 'interrupted' });
    });
});
