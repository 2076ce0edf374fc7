import { PassThrough } from 'node:stream';
import { explain } from '../../src/aws/explain.ts';
import { rehearse } from '../../src/commands/rehearse.ts';
import { Cancelled } from '../../src/errors.ts';
import { interrupt } from '../../src/interrupt.ts';
import { rehearsalOver } from '../../src/rehearsal.ts';
import { createSimulator, type Simulator } from '../../src/simulator/handler.ts';
import type { HttpResponse } from '../../src/simulator/http.ts';
import { sceneNamed } from '../../src/simulator/scenes/index.ts';
import { consoleTerminal } from '../../src/terminal/console.ts';
import { decideTerminal } from '../../src/terminal/environment.ts';
import { problemDocument, problemView } from '../../src/terminal/views/problem.ts';
import { json } from '../../src/text.ts';

/** What stands behind each remote text: a new title of the window, colours, a C1 sequence, and signs that turn text around. */
const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u0085\u0008\r\u202e\u2066\u200b\u2028\u{e0041}';

/** Which texts are made hostile, by the name of their field or element. */
export type Aim = (name: string) => boolean;

/** The names of all fields and elements that hold text. */
type Names = Set<string>;

/** The same AWS, whose texts are hostile where they are aimed at. */
export const hostileAws = (simulator: Simulator, aim: Aim, seen: Names = new Set()): Simulator => ({
  ...simulator,
  handle(request) {
    const response = simulator.handle(request);
    return tampered(response, aim, seen);
  },
});

const tampered = (response: HttpResponse, aim: Aim, seen: Names): HttpResponse => {
  const text = Buffer.from(response.body).toString('utf8');
  const changed = /^\s*[{[]/.test(text)
    ? inJson(text, aim, seen)
    : text.startsWith('<')
      ? inXml(text, aim, seen)
      : text;
  return changed === text ? response : { ...response, body: Buffer.from(changed) };
};

const inJson = (text: string, aim: Aim, seen: Names): string =>
  JSON.stringify(
    JSON.parse(text, (name, value) => {
      if (typeof value !== 'string' || name === '') return value;
      seen.add(name);
      return aim(name) ? value + hostile : value;
    }),
  );

/** In XML most control characters can only be written as references, which readers resolve. */
const inXml = (text: string, aim: Aim, seen: Names): string =>
  text.replace(/<(\w+)>([^<]+)<\/\1>/g, (whole, name: string, value: string) => {
    seen.add(name);
    if (!aim(name)) return whole;
    const written = [...hostile].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('');
    return `<${name}>${value}${written}</${name}>`;
  });

export interface Shown {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const monday = Date.UTC(2026, 10, 23, 9);

/** The whole procedure, unattended, as `rehearse --yes` plays it, over the real terminal. */
export const playHostile = async (
  aim: Aim,
  { scene, asJson = false, seen }: { readonly scene?: string; readonly asJson?: boolean; readonly seen?: Names } = {},
): Promise<Shown> => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const mode = decideTerminal({
    env: {},
    stdinTTY: false,
    stdoutTTY: false,
    stderrTTY: false,
    flags: { noInput: true, json: asJson },
  });
  const terminal = consoleTerminal({ stdin, stdout, stderr }, mode);
  const simulator = createSimulator({ wall: () => monday, scene: scene === undefined ? undefined : sceneNamed(scene) });
  const facts = { terminal, interrupt: interrupt(), tool: '1.0.0-test' };
  const options = { flags: {}, json: asJson, yes: true, dryRun: false, sent: false, list: false };
  let exitCode: number;
  try {
    exitCode = await rehearse(rehearsalOver(facts, hostileAws(simulator, aim, seen), 0), options);
  } catch (thrown) {
    const problem = thrown instanceof Cancelled ? undefined : explain(thrown);
    if (!problem) throw thrown;
    if (asJson) terminal.result(json(problemDocument(problem)));
    else terminal.say(problemView(problem, terminal.style, terminal.columns));
    exitCode = problem.exitCode;
  }
  terminal.close();
  const shown = (stream: PassThrough) => String(stream.read() ?? '');
  return { exitCode, stdout: shown(stdout), stderr: shown(stderr) };
};
