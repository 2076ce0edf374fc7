import process from 'node:process';
import { runCli } from './cli.ts';
import type { Commands, GeneralOptions } from './command-line.ts';
import { Cancelled } from './errors.ts';
import { interrupt } from './interrupt.ts';
import type { RealFacts } from './real-session.ts';
import { type ConsoleTerminal, consoleTerminal } from './terminal/console.ts';
import { decideTerminal } from './terminal/environment.ts';
import { writeTo } from './terminal/streams.ts';
import { bugView, problemDocument, problemView } from './terminal/views/problem.ts';
import { json } from './text.ts';

// The SDK warns on every start under Node 20, which is not the user's business.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const interrupted = interrupt();
const argv = process.argv.slice(2);
let terminal: ConsoleTerminal | undefined;

const openTerminal = (options?: GeneralOptions): ConsoleTerminal => {
  const mode = decideTerminal({
    env: process.env,
    stdinTTY: process.stdin.isTTY === true,
    stdoutTTY: process.stdout.isTTY === true,
    stderrTTY: process.stderr.isTTY === true,
    columns: process.stderr.columns,
    flags: {
      noInput: options ? !options.input : true,
      noColor: options ? !options.color : argv.includes('--no-color'),
      accessible: options?.accessible,
      json: options ? options.json : argv.includes('--json'),
    },
  });
  terminal = consoleTerminal({ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }, mode);
  return terminal;
};

const facts = (options: GeneralOptions): RealFacts => ({
  terminal: openTerminal(options),
  interrupt: interrupted,
  env: process.env,
  pid: process.pid,
  tool: version,
  home: options.home,
  endpointUrl: options.endpointUrl,
  sits: options.wait,
  verbose: options.verbose,
});

const real = async (options: GeneralOptions, greets = false) => {
  const given = facts(options);
  // The first words come before the rest of the program is read, which takes longer than all of it so far.
  if (greets) given.terminal.say(given.terminal.style.faint(`spot-cur ${version}`));
  return (await import('./real-session.ts')).realSession(given);
};

const commands: Commands = {
  async setup(options, general) {
    const session = await real(general, true);
    return (await import('./commands/setup.ts')).setup(session, options);
  },
  async resume(options, general) {
    const session = await real(general, true);
    return (await import('./commands/resume.ts')).resume(session, options);
  },
  status: async (options, general) => (await import('./commands/status.ts')).status(await real(general), options),
  doctor: async (options, general) => (await import('./commands/doctor.ts')).doctor(await real(general), options),
  policy: async (options, general) => (await import('./commands/policy.ts')).policy(await real(general), options),
  handover: async (options, general) => (await import('./commands/handover.ts')).handover(await real(general), options),
  history: async (options, general) => (await import('./commands/history.ts')).history(await real(general), options),
  remove: async (options, general) => (await import('./commands/remove.ts')).remove(await real(general), options),
  review: async (options, general) => (await import('./commands/review.ts')).review(await real(general), options),
  async rehearse(options, general) {
    const given = facts(general);
    const { rehearse } = await import('./commands/rehearse.ts');
    const { rehearsal, scenes } = await import('./rehearsal.ts');
    const { listScenes, refuseUnknownScene } = await import('./commands/scenes.ts');
    if (options.list) return listScenes(given.terminal, scenes, general.json);
    refuseUnknownScene(options.scene, scenes, 'rehearse');
    const unattended = options.yes || !given.terminal.interactive;
    return rehearse(rehearsal(given, options.scene), { ...options, yes: unattended });
  },
  async simulate({ port, scene: name }, general) {
    const given = facts(general);
    const { simulate } = await import('./commands/simulate.ts');
    const { scenes, simulatedServer } = await import('./rehearsal.ts');
    const { refuseUnknownScene } = await import('./commands/scenes.ts');
    refuseUnknownScene(name, scenes, 'simulate');
    const scene = scenes.find((each) => each.name === name);
    return simulate({ ...given, json: general.json, scene }, () => simulatedServer(port, name));
  },
};

/** The exit code for what was thrown first, after telling it. */
const failed = (thrown: unknown): Promise<number> => {
  ending ??= tell(thrown);
  return ending;
};

let ending: Promise<number> | undefined;

// With --watch each document is a line.
const indent = argv.includes('--watch') ? 0 : 2;
const asJson = argv.includes('--json');

const tell = async (thrown: unknown): Promise<number> => {
  const screen = terminal ?? openTerminal();
  const { explain } = await import('./aws/explain.ts');
  const problem = thrown instanceof Cancelled || interrupted.signal.aborted ? undefined : explain(thrown);
  if (problem) {
    if (asJson) screen.result(json(problemDocument(problem), indent));
    else screen.say(problemView(problem, screen.style, screen.columns));
    return problem.exitCode;
  }
  if (thrown instanceof Cancelled || interrupted.signal.aborted) {
    const { message } = thrown instanceof Cancelled ? thrown : new Cancelled();
    if (asJson) screen.result(interruptedDocument(message));
    else screen.say(`\n${message}`);
    return 130;
  }
  if (asJson)
    screen.result(
      json({
        schema: 'spot-cur/error@1',
        error: {
          code: 'bug',
          message: 'This is a bug of spot-cur.',
          advice: ['Please report it, with the command that you ran.'],
        },
      }),
    );
  screen.say(bugView(thrown));
  return 70;
};

const interruptedDocument = (message: string): string =>
  json({ schema: 'spot-cur/error@1', error: { code: 'interrupted', message, advice: [] } }, indent);

/** After a bug, whatever is still under way must not keep the process alive; what was said is written first. */
const leaveWith = (code: number) => process.stdout.write('', () => process.exit(code));

// What nobody waits for, such as a socket that fails late. Node would print all that hangs on the error.
process.on('uncaughtException', (thrown) => {
  terminal?.close();
  failed(thrown).then(leaveWith, () => process.exit(70));
});

const leftAtOnce =
  'Interrupted, and left at once. Whether the write under way took effect is not known; the same command looks, and goes on.';

let left = false;

// The first Ctrl-C lets a write finish, the second leaves at once: the journal makes that safe.
const leave = () => {
  if (interrupted.signal.aborted) {
    // Nothing waits any more, and whoever reads stdout still gets the one document.
    if (!asJson || ending || left) process.exit(130);
    left = true;
    process.stdout.write(`${interruptedDocument(leftAtOnce)}\n`, () => process.exit(130));
    return;
  }
  if (interrupted.writing) terminal?.say('Finishing the write that is under way; Ctrl-C again leaves at once.');
  interrupted.raise();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal).on(signal, leave);

// Should the process end before a question is answered, that is no success.
process.exitCode = 1;
runCli(argv, version, commands, { out: writeTo(process.stdout) })
  .catch(failed)
  .then((code) => {
    process.exitCode = code;
    if (code === 70) leaveWith(code);
  })
  .finally(() => terminal?.close());
