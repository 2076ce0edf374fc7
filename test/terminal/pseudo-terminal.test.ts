import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type PseudoTerminal, spawn } from '../support/pseudo-terminal.ts';

let folder: string;
let started: PseudoTerminal | undefined;

beforeAll(async () => {
  // Within the project, so that the packages that stay outside the bundle are found.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.questionnaire-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures/questionnaire.ts')],
    outfile: join(folder, 'questionnaire.mjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
});
afterEach(() => started?.kill('SIGKILL'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const questionnaire = (names: readonly string[], env: Record<string, string> = {}): PseudoTerminal => {
  started = spawn(process.execPath, [join(folder, 'questionnaire.mjs'), ...names], { env });
  return started;
};
const escapeByte = '\u001b';
const link = `https://console.aws.amazon.com/${'x'.repeat(16_384)}/end`;

describe('drawn questions', () => {
  test('a wrong answer is told why, and can be mended', async () => {
    const terminal = questionnaire(['ask']);
    await terminal.waitFor('Name of the report (spot-report)');
    terminal.type('Bad1');
    terminal.press('enter');
    await terminal.waitFor('Only small letters and dashes.');
    terminal.press('backspace', 'backspace', 'backspace', 'backspace');
    terminal.type('  billing ');
    terminal.press('enter');
    await terminal.waitFor('ask: "billing"');
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined });
  });

  test('Enter takes the proposal', async () => {
    const terminal = questionnaire(['ask', 'confirm', 'choose']);
    await terminal.waitFor('Name of the report');
    terminal.press('enter');
    await terminal.waitFor('Go ahead? (y/N)');
    terminal.press('enter');
    await terminal.waitFor('❯ Bucket beta');
    terminal.press('enter');
    await terminal.exit;
    expect(terminal.transcript()).toMatch(/ask: "spot-report"[\s\S]*confirm: false[\s\S]*choose: "beta"/);
  });

  test.each([
    ['long', /^✔ Is this right\? Change the name$/],
    ['unshortened', /^✔ Is this right\? Change the name of the bucket, for a long .{20,60}…$/],
  ])('a choice that is %s takes one line once it is made', async (name, line) => {
    const terminal = questionnaire([name]);
    await terminal.waitFor('Is this right?');
    terminal.press('enter');
    await terminal.waitFor(`${name}: "name"`);
    const [first = '', second] = terminal.screen().split('\n');
    expect(first.trimEnd()).toMatch(line);
    expect(second?.trimEnd()).toBe(`${name}: "name"`);
  });

  test('yes is yes, and arrow keys choose', async () => {
    const terminal = questionnaire(['confirm', 'choose']);
    await terminal.waitFor('Go ahead?');
    terminal.type('y');
    terminal.press('enter');
    await terminal.waitFor('❯ Bucket beta');
    terminal.press('down');
    await terminal.waitFor('❯ Bucket gamma');
    terminal.press('up', 'up');
    await terminal.waitFor('❯ Bucket alpha');
    terminal.press('enter');
    await terminal.exit;
    expect(terminal.transcript()).toMatch(/confirm: true[\s\S]*choose: "alpha"/);
  });

  test('a link of 16 KiB can be pasted', async () => {
    const terminal = questionnaire(['link']);
    await terminal.waitFor('The link from Spot');
    terminal.type(link);
    await terminal.waitFor(`(${link.length} characters)`);
    terminal.press('enter');
    await terminal.waitFor(`link: "${link.length} characters, from https://cons to /end"`);
    expect(terminal.transcript().split('\n').length).toBeLessThan(10);
  });

  test('a pasted line is entered by its own line break', async () => {
    const terminal = questionnaire(['link', 'confirm']);
    await terminal.waitFor('The link from Spot');
    terminal.type('ftp://not-a-link-but-long-enough-to-count-as-pasted\r');
    await terminal.waitFor('A link begins with https://');
    terminal.press('ctrl-u');
    terminal.type('https://a-link-long-enough-to-count-as-pasted/end\r');
    await terminal.waitFor('Go ahead?');
    terminal.press('enter');
    await terminal.waitFor('confirm: false');
    expect(terminal.transcript()).toContain('from https://a-li to /end');
  });

  test.each(['ask', 'confirm', 'choose'])('Ctrl-C at %s leaves', async (name) => {
    const terminal = questionnaire([name]);
    await terminal.waitFor(/Name|Go|Which/);
    terminal.press('ctrl-c');
    await terminal.waitFor('Left by Cancelled.');
    expect(await terminal.exit).toEqual({ code: 130, signal: undefined });
  });

  test('without colour, no colour code is drawn', async () => {
    const terminal = questionnaire(['choose'], { NO_COLOR: '1' });
    await terminal.waitFor('❯ Bucket beta');
    terminal.press('enter');
    await terminal.exit;
    expect(terminal.raw()).not.toMatch(new RegExp(`${escapeByte}\\[[0-9;]*m`));
  });
});

describe.each([{ TERM: 'dumb' }, { ACCESSIBLE: '1', NO_COLOR: '1' }])('linear questions with %o', (env) => {
  test('say a long objection in lines that break between words', async () => {
    const terminal = questionnaire(['objection'], env);
    await terminal.waitFor('Name of the report:');
    terminal.press('enter');
    await terminal.waitFor(/another one\.\nName of the report:/);
    const lines = terminal
      .screen()
      .split('\n')
      .map((line) => line.trim());
    expect(lines.filter((line) => /^(Name )?has to|one/.test(line)).join(' ')).toBe(
      `Name ${'has to be another one '.repeat(8).trim()}.`,
    );
  });

  test('are asked line by line, without one escape sequence', async () => {
    const terminal = questionnaire(['ask', 'confirm', 'choose'], env);
    await terminal.waitFor('Name of the report (Enter for spot-report):');
    terminal.type('Bad1');
    terminal.press('enter');
    await terminal.waitFor(/Only small letters and dashes\.\nName of the report .*:$/);
    terminal.type('billin9');
    terminal.press('up', 'backspace');
    terminal.type('g');
    terminal.press('enter');
    await terminal.waitFor('Go ahead? (yes or no, Enter for no):');
    terminal.type('perhaps');
    terminal.press('enter');
    await terminal.waitFor(/Please answer with yes or no\.\nGo .*:$/);
    terminal.type('y');
    terminal.press('enter');
    await terminal.waitFor('3. Bucket gamma\nA number from 1 to 3 (Enter for 2):');
    terminal.type('4');
    terminal.press('enter');
    await terminal.waitFor(/Please give a number from 1 to 3\.\nA .*:$/);
    terminal.type('3');
    terminal.press('enter');
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined });
    expect(terminal.transcript()).toMatch(/ask: "billing"[\s\S]*confirm: true[\s\S]*choose: "gamma"/);
    expect(terminal.raw()).not.toContain(escapeByte);
  });

  test('a link of 16 KiB can be pasted', async () => {
    const terminal = questionnaire(['link'], env);
    await terminal.waitFor('The link from Spot:');
    terminal.type(link);
    await terminal.waitFor('/end');
    terminal.press('enter');
    await terminal.waitFor(`link: "${link.length} characters`);
  });

  test.each(['ctrl-c', 'ctrl-d'] as const)('%s leaves', async (key) => {
    const terminal = questionnaire(['choose'], env);
    await terminal.waitFor('(Enter for 2):');
    terminal.press(key);
    await terminal.waitFor('Left by Cancelled.');
    expect(await terminal.exit).toEqual({ code: 130, signal: undefined });
  });
});

test('what is said while a spinner turns stands above it', async () => {
  const terminal = questionnaire(['progress']);
  await terminal.waitFor('Looking at the report');
  terminal.press('enter');
  await terminal.waitFor(/Said meanwhile\.\n+.* Looking at the stack$/);
  terminal.press('enter');
  await terminal.exit;
  expect(terminal.transcript()).toMatch(/Said meanwhile\.\n+✔ Looked\.\nprogress: "done"$/);
  expect(terminal.transcript()).not.toContain('Looking');
});

test('an accessible terminal sees progress in plain lines', async () => {
  const terminal = questionnaire(['progress'], { ACCESSIBLE: '1', NO_COLOR: '1' });
  await terminal.waitFor('Looking at the report');
  terminal.press('enter');
  await terminal.waitFor('Said meanwhile.');
  terminal.press('enter');
  await terminal.exit;
  expect(terminal.raw()).not.toContain(escapeByte);
});
