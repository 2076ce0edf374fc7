// Asks each kind of question at a real terminal; the pseudo-terminal tests bundle and run it.
import { consoleTerminal } from '../../src/terminal/console.ts';
import { decideTerminal } from '../../src/terminal/environment.ts';

const { stdin, stdout, stderr, env } = process;
const terminal = consoleTerminal(
  { stdin, stdout, stderr },
  decideTerminal({
    env,
    stdinTTY: stdin.isTTY === true,
    stdoutTTY: stdout.isTTY === true,
    stderrTTY: stderr.isTTY === true,
    columns: stderr.columns,
    flags: {},
  }),
);

const questions: Record<string, () => Promise<unknown>> = {
  ask: () =>
    terminal.ask({
      id: 'report-name',
      message: 'Name of the report',
      proposal: 'spot-report',
      check: (text) => (/^[a-z-]+$/.test(text) ? undefined : 'Only small letters and dashes.'),
    }),
  link: async () => {
    const link = await terminal.ask({
      id: 'link',
      message: 'The link from Spot',
      check: (text) => (text.startsWith('https://') ? undefined : 'A link begins with https://'),
    });
    return `${link.length} characters, from ${link.slice(0, 12)} to ${link.slice(-4)}`;
  },
  confirm: () => terminal.confirm({ id: 'go', message: 'Go ahead?', proposal: false }),
  choose: () =>
    terminal.choose({
      id: 'bucket',
      message: 'Which bucket?',
      choices: ['alpha', 'beta', 'gamma'].map((value) => ({ value, label: `Bucket ${value}` })),
      proposal: 'beta',
    }),
  progress: async () => {
    const progress = terminal.progress('Looking at the report');
    // Else the terminal itself would echo the keys into what is drawn.
    stdin.setRawMode(true);
    await new Promise((next) => stdin.once('data', next));
    terminal.say('Said meanwhile.');
    progress.update('Looking at the stack');
    await new Promise((next) => stdin.once('data', next));
    progress.done('Looked.');
    stdin.setRawMode(false);
    stdin.pause();
    return 'done';
  },
};

process.exitCode = 1;
try {
  for (const name of process.argv.slice(2)) terminal.result(`${name}: ${JSON.stringify(await questions[name]?.())}`);
  process.exitCode = 0;
} catch (error) {
  terminal.say(`Left by ${error instanceof Error ? error.name : 'surprise'}.`);
  process.exitCode = 130;
}
