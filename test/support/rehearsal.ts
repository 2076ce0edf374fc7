import type { Flags } from '../../src/answers.ts';
import { connect } from '../../src/aws/connect.ts';
import { cutOff } from '../../src/aws/cut-off.ts';
import { explain } from '../../src/aws/explain.ts';
import type { Origin } from '../../src/aws/origin.ts';
import { type Requests, supervised } from '../../src/aws/requests.ts';
import type { Clock } from '../../src/clock.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { handover } from '../../src/commands/handover.ts';
import { history } from '../../src/commands/history.ts';
import { policy } from '../../src/commands/policy.ts';
import { remove } from '../../src/commands/remove.ts';
import { resume } from '../../src/commands/resume.ts';
import { review } from '../../src/commands/review.ts';
import { setup } from '../../src/commands/setup.ts';
import { status } from '../../src/commands/status.ts';
import { Cancelled, type Problem } from '../../src/errors.ts';
import { interrupt } from '../../src/interrupt.ts';
import { memoryOutbox, type WrittenMessage } from '../../src/outbox.ts';
import { patience } from '../../src/patience.ts';
import { simulatedRequests } from '../../src/rehearsal.ts';
import { rehearsedCredentials } from '../../src/rehearsed-credentials.ts';
import type { Session } from '../../src/session.ts';
import { connectLasting, type EndingLine } from '../../src/session-renewal.ts';
import { createSimulator } from '../../src/simulator/handler.ts';
import { serviceFor } from '../../src/simulator/route.ts';
import { sceneNamed } from '../../src/simulator/scenes/index.ts';
import { stageFor } from '../../src/simulator/scenes/stage.ts';
import { ServiceError } from '../../src/simulator/service.ts';
import { services } from '../../src/simulator/services/services.ts';
import { sessionUntil } from '../../src/simulator/session-end.ts';
import { accountOf, type World } from '../../src/simulator/world.ts';
import { memoryStore } from '../../src/state/memory-store.ts';
import type { State } from '../../src/state/state.ts';
import type { Terminal } from '../../src/terminal/terminal.ts';
import { problemView } from '../../src/terminal/views/problem.ts';
import { plays } from './scene-stories.ts';
import { type Script, scriptedTerminal } from './scripted-terminal.ts';

/** The customer's management account in every story. */
export const acme = '111122223333';
/** Answers that only the user can know. */
export const known = { 'spot-org-id': '60012345', 'msp-account': '999988887777' };
/** A Monday morning: the simulated clock stands still but for what is waited and advanced, so screens are stable. */
const monday = Date.UTC(2026, 10, 23, 9, 0, 0);

const hour = 3_600_000;

/** How a command is started in a story. */
export interface Start {
  /** acme when left away; undefined when the user names none. */
  readonly customer?: string | undefined;
  readonly flags?: Flags;
  readonly answersFile?: string;
  /** What the user answers, by question id. Without it nobody can be asked. */
  readonly says?: Script;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly sent?: boolean;
  readonly json?: boolean;
  readonly wait?: boolean;
  readonly exitCode?: boolean;
  readonly format?: 'text' | 'eml';
  readonly open?: boolean;
  readonly reminder?: boolean;
  readonly fresh?: boolean;
  /** Why no file can be opened here, if none can. */
  readonly windowless?: string;
  readonly phases?: readonly string[];
  readonly restoreNotifications?: boolean;
  readonly deleteData?: boolean;
  /** What --confirm names. */
  readonly confirm?: string;
  /** The account that the credentials belong to. */
  readonly as?: string;
  /** When they end, in ms. */
  readonly expires?: number;
  /** Where the credentials come from; without it a session that ends can't be renewed. */
  readonly origin?: Origin;
  /** Whose account it is that somebody signs in to anew, when it is another one. */
  readonly renewsAs?: string;
  /** How often somebody says that it is done before it is. */
  readonly renewsTooEarly?: number;
  /** What AWS_REGION says. */
  readonly region?: string;
  readonly endpoint?: string;
  /** Another screen than the scripted one. */
  readonly terminal?: Terminal;
}

/** What a command left behind. */
export interface Run {
  readonly exitCode: number;
  /** The transcript, with AWS's random ids left out. */
  readonly screen: string;
  readonly stdout: string;
  readonly raw: string;
  readonly problem: Problem | undefined;
  /** The calls that write, as "service:Operation". */
  readonly writes: readonly string[];
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** How many calls it meets; all of them when absent. */
  times?: number;
}

/** A world and a disk at one moment, to go on from. */
export interface Moment {
  readonly world: World;
  readonly now: number;
  readonly states: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<string, WrittenMessage>;
}

/** What stands between the program and its world. */
export interface Hands {
  /** Goes on from there, instead of from the beginning. */
  readonly from?: Moment;
  /** What each run has in place of its way to AWS. */
  readonly requests?: (requests: Requests) => Requests;
  /** What each run is given in place of its session. */
  readonly session?: (session: Session, line: Omit<EndingLine, 'attended'>) => Session;
}

/** The whole program in a world of its own: real clients over a simulated AWS, a memory for a disk, a script for a user. */
export const rehearse = (sceneName?: string, { from, ...hands }: Hands = {}) => {
  const simulator = createSimulator({
    wall: () => from?.now ?? monday,
    ...(from && { world: structuredClone(from.world) }),
  });
  const scene = sceneName === undefined ? undefined : sceneNamed(sceneName);
  if (sceneName !== undefined && !scene) throw new Error(`There is no scene ${sceneName}.`);
  if (scene) plays(scene.name);
  const stage = () => stageFor(simulator.world, accountOf(simulator.world, acme), simulator.clock.now());
  scene?.arrange(stage());
  const refusals = new Map<string, Refusal>();
  const states = new Map(from?.states);
  const messages = new Map(from?.messages);
  let disk = { store: memoryStore(states), outbox: memoryOutbox(messages) };

  let ahead = 0;
  const hangings = hangingCalls();
  const clock: Clock = {
    now: () => simulator.clock.now(),
    ahead: () => ahead,
    alarm: hangings.alarm,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      simulator.clock.advance(ms);
    },
  };

  const troubled = withTrouble(simulator, refusals, hangings.meet);
  const opened: string[] = [];
  /** How often somebody has signed in anew. */
  let signIns = 0;
  let mended = false;
  const session = (terminal: Terminal, start: Start): Session => {
    const { wait = false, as = acme, endpoint = 'aws' } = start;
    const interrupted = interrupt();
    const { requests: handled = (given) => given } = hands;
    const way = handled(hangings.among(simulatedRequests(troubled, hangings.silence(clock.sleep))));
    const requests = supervised(way, {
      heard: (awsNow) => {
        ahead = awsNow - simulator.clock.now();
      },
      interrupt: interrupted,
    });
    const coded =
      scene?.signsIn && !mended
        ? rehearsedCredentials({ terminal, interrupt: interrupted, requests }, { ...simulator, scene })
        : undefined;
    let signedIn = as;
    let tooEarly = start.renewsTooEarly ?? 0;
    const line: Omit<EndingLine, 'attended'> = {
      credentials:
        coded?.credentials ??
        (async () => ({
          accessKeyId: signedIn,
          secretAccessKey: 'simulated',
          ...(signIns > 0 && { sessionToken: `session ${signIns}` }),
        })),
      endpoints: {},
      requests,
      way: { origin: start.origin },
      // Pauses between attempts are random, and the clock of a story is not.
      patience: patience(terminal, clock, async () => {}),
      anew(renewed) {
        if (!renewed || tooEarly-- > 0) return;
        signIns += 1;
        signedIn = start.renewsAs ?? as;
      },
    };
    const given: Session = {
      ...disk,
      terminal,
      clock,
      interrupt: interrupted,
      sits: wait,
      tool: '1.0.0-test',
      objections: () => [],
      assumes: async () => false,
      connect: async (_, unasked = false) => ({
        aws: connectLasting({ terminal, interrupt: interrupted }, { ...line, attended: !unasked }),
        endpoint,
        lookingUntil: (signal) => connect({ ...line, requests: cutOff(requests, signal) }),
        expiry: async () => start.expires ?? sessionUntil(accountOf(simulator.world, acme)),
      }),
      region: start.region,
      async open(path) {
        if (start.windowless === undefined) opened.push(path);
        return start.windowless;
      },
    };
    return hands.session?.(given, line) ?? given;
  };

  const run = async (start: Start, command: (session: Session) => Promise<number>): Promise<Run> => {
    const scripted = scriptedTerminal(start.says);
    const terminal = start.terminal ?? scripted;
    const before = simulator.world.calls.length;
    const { exitCode, problem } = await concluded(command(session(terminal, start)), terminal);
    scripted.close();
    return {
      exitCode,
      problem,
      screen: scripted
        .transcript()
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
        .replace(/(bucket-notifications-)[0-9a-f]{8}/g, '$1<id>'),
      stdout: scripted.stdout(),
      raw: scripted.raw(),
      writes: writesIn(simulator.world.calls.slice(before)),
    };
  };

  const walkOptions = (start: Start) => ({
    customer: 'customer' in start ? start.customer : 'acme',
    flags: start.flags ?? {},
    answersFile: start.answersFile,
    json: start.json ?? false,
    yes: start.yes ?? false,
    dryRun: start.dryRun ?? false,
    sent: start.sent ?? false,
    restoreNotifications: start.restoreNotifications ?? false,
  });
  const lookOptions = (start: Start) => ({ ...walkOptions(start), watch: false, exitCode: start.exitCode ?? false });

  return {
    simulator,
    world: simulator.world,
    stage,
    /** Does what the scene's mend says, and gives the flags for the next run. */
    mend: () => {
      scene?.mend?.apply?.(stage());
      mended = true;
      return scene?.mend?.flags ?? {};
    },
    /** The flags of the mend, once it is done. */
    mended: () => (mended ? (scene?.mend?.flags ?? {}) : {}),
    account: (id = acme) => accountOf(simulator.world, id),
    run: {
      setup: (start: Start = {}) => run(start, (given) => setup(given, walkOptions(start))),
      resume: (start: Start = {}) => run(start, (given) => resume(given, walkOptions(start))),
      status: (start: Start = {}) => run(start, (given) => status(given, lookOptions(start))),
      handover: (start: Start = {}) =>
        run(start, (given) =>
          handover(given, {
            ...lookOptions(start),
            format: start.json ? 'json' : (start.format ?? 'text'),
            open: start.open ?? false,
            reminder: start.reminder ?? false,
            fresh: start.fresh ?? false,
          }),
        ),
      history: (start: Start = {}) => run(start, (given) => history(given, lookOptions(start))),
      remove: (start: Start = {}) =>
        run(start, (given) =>
          remove(given, {
            ...walkOptions(start),
            answersFile: undefined,
            deleteData: start.deleteData ?? false,
            confirm: start.confirm,
          }),
        ),
      doctor: (start: Start = {}) => run(start, (given) => doctor(given, lookOptions(start))),
      review: (source: string, start: Start = {}) =>
        run(start, (given) =>
          review(given, { customer: undefined, flags: start.flags ?? {}, json: start.json ?? false, source }),
        ),
      policy: (start: Start = {}) =>
        run(start, (given) =>
          policy(given, { ...lookOptions(start), phases: start.phases ?? [], deleteData: start.deleteData ?? false }),
        ),
    },
    /** All that there is, to go on from. */
    moment: (): Moment => ({
      world: structuredClone(simulator.world),
      now: simulator.clock.now(),
      states: new Map(states),
      messages: new Map(messages),
    }),
    /** Somebody signs in anew before the next run. */
    signIn: () => {
      signIns += 1;
    },
    /** Lets time pass. */
    advance: (hours: number) => simulator.clock.advance(hours * hour),
    /** Every call to AWS so far, as "service:Operation". */
    calls: () => simulator.world.calls.map(({ service, operation }) => `${service}:${operation}`),
    mutatingCalls: () => writesIn(simulator.world.calls),
    /** What is saved of a connection. */
    state: (customer = 'acme') => disk.store.load(customer),
    message: (customer = 'acme') => disk.outbox.find(customer),
    /** What the desktop was asked to open. */
    opened,
    /** Spot's link, once Spot has sent it. */
    link: () => simulator.link(acme) ?? '',
    /** Another machine, or an empty disk: AWS stays as it is. */
    loseState: () => {
      states.clear();
      messages.clear();
      disk = { store: memoryStore(states), outbox: memoryOutbox(messages) };
    },
    /** A hand in the state file. */
    damage: async (change: (state: State) => State) => {
      const state = await disk.store.load('acme');
      if (state) await disk.store.save(change(state));
    },
    /** An empty outbox: the state stays. */
    loseMessage: () => {
      messages.clear();
      disk = { ...disk, outbox: memoryOutbox(messages) };
    },
    /** Has AWS refuse an operation, such as "organizations:DescribeOrganization". */
    refuse: (operation: string, refusal: Refusal) => refusals.set(operation, { ...refusal }),
    /** Has AWS never answer an operation. Whoever gives up after a while does so at once. */
    hang: hangings.add,
    /** Has AWS accept it again. */
    relent: () => refusals.clear(),
  };
};

export type Rehearsal = ReturnType<typeof rehearse>;

/** The exit code that main would end with, once it has told what was thrown as main would. Bugs are thrown on. */
const concluded = async (running: Promise<number>, terminal: Terminal) => {
  try {
    return { exitCode: await running, problem: undefined };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { exitCode: 130, problem: undefined };
    const problem = explain(thrown);
    if (!problem) throw thrown;
    terminal.say(problemView(problem, terminal.style, terminal.columns));
    return { exitCode: problem.exitCode, problem };
  }
};

const writesIn = (calls: readonly { service: string; operation: string; mutating: boolean }[]): readonly string[] =>
  calls.filter(({ mutating }) => mutating).map(({ service, operation }) => `${service}:${operation}`);

type Simulator = ReturnType<typeof createSimulator>;

/** The same simulator, but for the operations that are refused. */
const withTrouble = (
  simulator: Simulator,
  refusals: Map<string, Refusal>,
  meet: (call: string) => void,
): Simulator => ({
  ...simulator,
  handle(request) {
    const name = serviceFor(request);
    const service = typeof name === 'string' ? services[name] : undefined;
    const operation = service?.operationOf(request) ?? '';
    meet(`${service?.name}:${operation}`);
    const refusal = refusals.get(`${service?.name}:${operation}`);
    if (!service || !refusal || refusal.times === 0) return simulator.handle(request);
    if (refusal.times !== undefined) refusal.times -= 1;
    const failure = service.failure(new ServiceError(refusal.code, refusal.message, refusal.status), 'request-1');
    return { ...failure, headers: { ...failure.headers, date: new Date(simulator.clock.now()).toUTCString() } };
  },
});

/** Turns of the event loop without a call, after which all that goes on is waiting. */
const aRest = 40;

/** Calls that get no answer, and the alarms of those who wait for them: the shortest wait ends once nothing else goes on. */
const hangingCalls = () => {
  const hanging = new Set<string>();
  /** What ends each wait, and how long that one takes, ms. */
  const waits = new Map<() => void, number>();
  let quietTurns = 0;
  let watched = false;
  const watch = (): void => {
    quietTurns += 1;
    if (quietTurns > aRest) {
      quietTurns = 0;
      const shortest = Math.min(...waits.values());
      for (const [end, ms] of waits) if (ms === shortest) end();
    }
    watched = waits.size > 0;
    if (watched) setImmediate(watch);
  };
  const waitInSilence = (): void => {
    quietTurns = 0;
    if (!watched) setImmediate(watch);
    watched = true;
  };
  const wait = (ms: number, over: () => void) => {
    const end = () => waits.delete(end) && over();
    waits.set(end, ms);
    return () => void waits.delete(end);
  };
  return {
    add: (operation: string) => void hanging.add(operation),
    alarm: wait,
    /** Sleeps through a silence, unless somebody gives up before. */
    silence:
      (sleep: Clock['sleep']): Clock['sleep'] =>
      (ms, signal) =>
        new Promise((resolve, reject) => {
          const forget = wait(ms, () => resolve(sleep(ms, signal)));
          signal?.addEventListener('abort', () => {
            forget();
            reject(signal.reason);
          });
          waitInSilence();
        }),
    /** Throws for a call that is to get no answer. */
    meet(call: string) {
      quietTurns = 0;
      if (!hanging.has(call)) return;
      waitInSilence();
      throw new NoAnswer();
    },
    among: (given: Requests): Requests => ({
      handle: (request, options) =>
        given.handle(request, options).catch((error) => {
          if (error instanceof NoAnswer) return new Promise<never>(() => {});
          throw error;
        }),
    }),
  };
};

class NoAnswer extends Error {}

/** The points at which a connection rests, in their order. */
export type Phase = 'waiting' | 'your-turn' | 'waiting-for-link' | 'ready';

/** Brings a connection to a phase, unattended, and makes sure that it is there. */
export const reach = async (rehearsal: Rehearsal, phase: Phase, flags: Flags = {}): Promise<void> => {
  const { run, advance } = rehearsal;
  await succeeds(run.setup({ yes: true, flags: { ...known, ...flags } }));
  if (phase === 'waiting') return;
  advance(24);
  await succeeds(run.resume({ yes: true }));
  if (phase === 'your-turn') return;
  await succeeds(run.resume({ yes: true, sent: true }));
  if (phase === 'waiting-for-link') return;
  advance(49);
  await succeeds(run.resume({ yes: true, flags: { link: rehearsal.link() } }));
};

/** Brings a connection to where the extractor's change set is prepared, and its execution has got no good answer. */
export const reachPrepared = async (rehearsal: Rehearsal): Promise<void> => {
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  rehearsal.refuse('cloudformation:ExecuteChangeSet', { code: 'ServiceUnavailable', message: '', status: 503 });
  await rehearsal.run.resume({ yes: true, flags: { link: rehearsal.link() } });
  rehearsal.relent();
};

const succeeds = async (running: Promise<Run>): Promise<void> => {
  const { exitCode, screen } = await running;
  if (exitCode !== 0) throw new Error(`It was expected to go well and ended with ${exitCode}:\n${screen}`);
};
