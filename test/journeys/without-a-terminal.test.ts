import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { answers, bare, binary, documentOf, engineerOf, journey, run, start } from '../support/spot-cur.ts';

const escapeByte = '\u001b';
const program = [process.execPath, binary].join(' ');

/** The ways in which a process may have no one to ask. */
const inputs = {
  '</dev/null': { shell: (words: string) => `exec ${words} </dev/null`, stdin: 'ignore' },
  'closed stdin': { shell: (words: string) => `exec ${words} <&-`, stdin: 'ignore' },
  'a pipe that stays open': { shell: (words: string) => `exec ${words}`, stdin: 'open' },
} as const;

/** Each command, what it ends with where nothing is set up yet, and what it says. */
const commands: readonly (readonly [string, number, RegExp])[] = [
  ['', 0, /Usage: spot-cur/],
  ['help', 0, /Usage: spot-cur/],
  ['help exit-codes', 0, /130 +interrupted/],
  ['setup', 2, /--spot-org-id is missing/],
  ['resume', 2, /spot-cur setup <customer>/],
  ['status', 0, /no connection yet/],
  ['handover', 2, /spot-cur setup <customer>/],
];

describe.concurrent('without a terminal', { timeout: 60_000 }, () => {
  for (const [name, { shell, stdin }] of Object.entries(inputs)) {
    journey(`every command ends by itself within two seconds with ${name}`, async ({ home, expect }) => {
      const timed = async (words: string) => {
        const began = performance.now();
        const ended = await start('sh', ['-c', shell(words)], { env: bare(home), stdin }).ended;
        return { ...ended, ms: performance.now() - began };
      };
      // A machine that is busy with other tests starts Node.js itself late, which is taken into account.
      const { ms: bareStart } = await timed(`${process.execPath} -e 0`);
      for (const [words, code, says] of commands) {
        const ended = await timed(`${program} ${words}`);
        expect(ended.ms, words).toBeLessThan(2_000 + 20 * bareStart);
        expect([words, ended.code]).toEqual([words, code]);
        expect(ended.stdout + ended.stderr, words).toMatch(says);
        expect(ended.stdout + ended.stderr, words).not.toContain(escapeByte);
      }
    });

    journey(`a rehearsal plays by itself with ${name}`, async ({ home, expect }) => {
      const rehearsal = start('sh', ['-c', shell(`${program} rehearse`)], { env: bare(home), stdin });
      const { code, stdout, stderr } = await rehearsal.ended;
      expect(code).toBe(0);
      expect(stderr).toContain('All three steps are done.');
      expect(stdout + stderr).not.toContain(escapeByte);
    });

    journey(`the simulator serves until it is ended, with ${name}`, async ({ home, expect }) => {
      const words = shell(`${program} simulate --port 0 --json`);
      const server = start('sh', ['-c', words], { env: bare(home), stdin });
      await server.shows(/"url": "http[\s\S]*\n}/);
      await server.shows('Ctrl-C ends it');
      server.signal('SIGINT');
      const ended = await server.ended;
      expect(ended.code).toBe(0);
      expect(documentOf(ended)).toMatchObject({ schema: 'spot-cur/simulate@1' });
      expect(ended.stdout + ended.stderr).not.toContain(escapeByte);
    });
  }

  journey('a plan that nobody can agree to is not carried out', async ({ home, aws, expect }) => {
    const env = engineerOf(home, aws.url);
    const { code, stdout, stderr } = await run(['setup', 'acme', ...answers], { env, stdin: 'open' });
    expect(code).toBe(2);
    expect(stderr).toContain('Agree with --yes');
    expect(stdout + stderr).not.toContain(escapeByte);
    expect(await aws.writes()).toEqual([]);
  });

  journey(
    'at a terminal the same commands ask, show or serve, and Ctrl-C ends them',
    async ({ atTerminal, expect }) => {
      const asks = [
        ['setup', 'Customer:', 130],
        ['rehearse', 'Spot Org IDs:', 130],
        ['simulate --port 0', 'Ctrl-C ends it', 0],
      ] as const;
      for (const [words, shown, code] of asks) {
        const terminal = atTerminal(words.split(' '));
        await terminal.waitFor(shown);
        terminal.press('ctrl-c');
        expect([words, (await terminal.exit).code]).toEqual([words, code]);
      }
      const ends = [
        ['resume', 'spot-cur setup <customer>', 2],
        ['handover', 'spot-cur setup <customer>', 2],
        ['status', 'There is no connection yet', 0],
        ['help', 'Usage: spot-cur', 0],
        ['', 'Usage: spot-cur', 0],
      ] as const;
      for (const [words, shown, code] of ends) {
        const terminal = atTerminal(words === '' ? [] : words.split(' '));
        await terminal.waitFor(shown);
        expect([words, (await terminal.exit).code]).toEqual([words, code]);
      }
    },
  );

  journey('CI and --no-input ask nothing at a terminal either', async ({ atTerminal, expect }) => {
    for (const [words, env] of [
      [['setup', 'acme'], { CI: 'true' }],
      [['setup', 'acme', '--no-input'], {}],
    ] as const) {
      const terminal = atTerminal(words, { env });
      expect((await terminal.exit).code).toBe(2);
      expect(terminal.transcript()).toContain('--msp-account is missing');
    }
  });

  journey(
    'a wait is visible: each change of it is a line, without an escape byte',
    async ({ aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      await aws.advance({ hours: 25 });
      const { code, stdout, stderr } = await spotCur('resume', '--yes');
      expect(code).toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toContain('\nCloudFormation creates the stack SpotEcoStack (0 of 11 resources).\n');
      expect(stderr).toContain('CREATE_COMPLETE    SpotEcoStack');
      expect(stderr).not.toContain(escapeByte);
      expect(stderr).not.toContain('\r');
    },
  );

  journey(
    'a large document is whole, and a reader may leave after one byte',
    async ({ home, aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      const folder = join(home, '.spot-cur/customers');
      const acme = JSON.parse(await readFile(join(folder, 'acme.json'), 'utf8'));
      // Connections of another world are told apart without one call to AWS.
      await mkdir(folder, { recursive: true });
      for (let number = 100; number < 300; number += 1) {
        const other = { ...acme, customer: `c${number}`, endpoint: 'http://127.0.0.1:1' };
        await writeFile(join(folder, `c${number}.json`), JSON.stringify(other), { mode: 0o600 });
      }
      const whole = await spotCur('status', '--json');
      expect(whole.stdout.length).toBeGreaterThan(3 * 65_536);
      expect((documentOf(whole).customers as readonly unknown[]).length).toBe(201);
      expect(whole.code).toBe(1);
      const env = engineerOf(home, aws.url);
      const head = await start('sh', ['-c', `${program} status --json | head -c 1`], { env }).ended;
      expect(head).toEqual({ code: 0, stdout: '{', stderr: expect.not.stringMatching(/\n +at |Error/) });
      const deaf = await start('sh', ['-c', `${program} status acme --json >&- 2>&-`], { env }).ended;
      expect(deaf.code).toBe(0);
    },
  );

  journey('a port that is taken is no bug of ours', async ({ home, aws, expect }) => {
    const taken = await run(['simulate', '--json', '--port', new URL(aws.url).port], { env: bare(home) });
    expect(taken.code).toBe(2);
    expect(documentOf(taken)).toMatchObject({ schema: 'spot-cur/error@1', error: { code: 'usage' } });
  });

  journey('what is served ends well when it is told to', async ({ home, expect }) => {
    const served = start(process.execPath, [binary, 'simulate', '--port', '0'], { env: bare(home) });
    await served.shows('Ctrl-C ends it');
    served.signal('SIGTERM');
    expect(await served.ended).toMatchObject({ code: 0 });
  });
});
