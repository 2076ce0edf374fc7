import { expect, test } from 'vitest';
import type { Flags } from '../../src/answers.ts';
import { explain } from '../../src/aws/explain.ts';
import { rehearse } from '../../src/commands/rehearse.ts';
import { resume } from '../../src/commands/resume.ts';
import { setup } from '../../src/commands/setup.ts';
import { interrupt } from '../../src/interrupt.ts';
import { memoryOutbox, type WrittenMessage } from '../../src/outbox.ts';
import { rehearsalOver } from '../../src/rehearsal.ts';
import type { Session } from '../../src/session.ts';
import { createSimulator, type Simulator } from '../../src/simulator/handler.ts';
import { sceneNamed } from '../../src/simulator/scenes/index.ts';
import type { Scene } from '../../src/simulator/scenes/scene.ts';
import { sceneAccount } from '../../src/simulator/scenes/stage.ts';
import { memoryStore } from '../../src/state/memory-store.ts';
import type { Moment } from './rehearsal.ts';
import { scriptedTerminal } from './scripted-terminal.ts';

const monday = Date.UTC(2026, 10, 23, 9);
const customer = 'rehearsal';

/** How `spot-cur rehearse --scene <name> --yes` went. */
interface Played {
  readonly exitCode: number;
  readonly transcript: string;
  /** Writes that dry runs made, by the run before which they were tried; each was tried in a copy of the world. */
  readonly dryWrites: readonly string[];
  /** How many dry runs that were, and how many of them asked AWS for anything but who is asking. */
  readonly dryRuns: number;
  readonly looked: number;
}

/** Plays a scene to its end, and before each of its runs tries the same as a dry run. Bugs are thrown on. */
const playScene = async (name: string, from?: Moment): Promise<Played> => {
  const simulator = createSimulator({
    wall: () => from?.now ?? monday,
    scene: sceneNamed(name),
    ...(from && { world: structuredClone(from.world) }),
  });
  const terminal = scriptedTerminal(undefined);
  // One set of clients for all: whoever answers them changes.
  let answering = simulator;
  const world = rehearsalOver(
    { terminal, interrupt: interrupt(), tool: '1.0.0-test' },
    switched(simulator, () => answering),
    0,
  );
  const begun: Session = {
    ...world.session,
    ...(from && { store: memoryStore(new Map(from.states)), outbox: memoryOutbox(new Map(from.messages)) }),
  };
  const dryWrites: string[] = [];
  let dryRuns = 0;
  let looked = 0;
  let mended = false;
  const tryDry = async () => {
    dryRuns += 1;
    answering = copyOf(simulator);
    const before = simulator.world.calls.length;
    try {
      await dryRun(simulator, begun, mended);
    } finally {
      const calls = answering.world.calls.slice(before);
      if (calls.some(({ service }) => service !== 'sts')) looked += 1;
      for (const { mutating, service, operation } of calls) {
        if (mutating) dryWrites.push(`before run ${dryRuns}: ${service}:${operation}`);
      }
      answering = simulator;
    }
  };
  const session: Session = {
    ...begun,
    // Each run connects once, before it asks AWS for anything.
    async connect(access) {
      await tryDry();
      return world.session.connect(access);
    },
  };
  const mend = () => {
    mended = true;
    return world.mend();
  };
  const options = { flags: {}, json: false, yes: true, dryRun: false, sent: false };
  const exitCode = await rehearse({ ...world, session, mend }, options);
  terminal.close();
  return { exitCode, transcript: terminal.transcript(), dryWrites, dryRuns, looked };
};

let link: Promise<Moment> | undefined;

/** The moment at which Spot's link comes, in a rehearsal without a scene. */
const atTheLink = (): Promise<Moment> => {
  link ??= (async () => {
    const simulator = createSimulator({ wall: () => monday });
    const terminal = scriptedTerminal(undefined);
    const world = rehearsalOver({ terminal, interrupt: interrupt(), tool: '1.0.0-test' }, simulator, 0);
    const states = new Map<string, string>();
    const messages = new Map<string, WrittenMessage>();
    const session = { ...world.session, store: memoryStore(states), outbox: memoryOutbox(messages) };
    let moment: Moment | undefined;
    const sent = () => {
      const found = world.link();
      if (found === undefined) return undefined;
      moment ??= {
        world: structuredClone(simulator.world),
        now: simulator.clock.now(),
        states: new Map(states),
        messages: new Map(messages),
      };
      return found;
    };
    const options = { flags: {}, json: false, yes: true, dryRun: false, sent: false };
    await rehearse({ ...world, session, link: sent }, options);
    if (!moment) throw new Error(`Spot has sent no link:\n${terminal.transcript()}`);
    return moment;
  })();
  return link;
};

/** A simulator that has another one answer in its place. */
const switched = (simulator: Simulator, answering: () => Simulator): Simulator => ({
  ...simulator,
  clock: { now: () => answering().clock.now(), advance: (ms) => answering().clock.advance(ms) },
  handle: (request) => answering().handle(request),
});

const copyOf = ({ world, clock }: Simulator): Simulator => {
  const now = clock.now();
  return createSimulator({ wall: () => now, world: structuredClone(world) });
};

/** A dry run with all that could be given at this moment. */
const dryRun = async (simulator: Simulator, session: Session, mended: boolean): Promise<void> => {
  const terminal = scriptedTerminal(undefined);
  const link = simulator.link(sceneAccount);
  const known = (await session.store.load(customer)) !== undefined;
  const { 'restore-notifications': restored, ...flags }: Flags = {
    ...(!known && { 'spot-org-id': '60012345', 'msp-account': '999988887777' }),
    ...(link !== undefined && { link }),
    ...(mended && simulator.scene?.mend?.flags),
  };
  const options = { customer, flags, json: false, yes: true, dryRun: true, sent: false };
  try {
    const command = known ? resume : setup;
    // The run that is about to begin holds the lock.
    const store = { ...session.store, lock: async () => ({ release: async () => {} }) };
    await command({ ...session, terminal, store }, { ...options, restoreNotifications: restored !== undefined });
  } catch (thrown) {
    if (!explain(thrown)) throw thrown;
  } finally {
    terminal.close();
  }
};

/**
 * A test for each scene: it ends without a bug, with its mend at the very end, and no dry run in it writes. `fromTheLink`: up to
 * where Spot sends its link they are all the same, and are played once.
 */
export const playsEach = (played: readonly Scene[], { fromTheLink = false } = {}): void => {
  test.concurrent.each(played.map((scene) => [scene.name, scene] as const))('%s', async (name, { mend }) => {
    const { exitCode, transcript, dryWrites, dryRuns, looked } = await playScene(
      name,
      fromTheLink ? await atTheLink() : undefined,
    );
    expect(transcript).toContain(`Scene ${name}: `);
    expect([0, 1, 4, 5, 7], transcript).toContain(exitCode);
    if (mend) {
      expect(transcript.replace(/\s+/g, ' ')).toContain(`» ${mend.told}`);
      expect(transcript, 'once mended, it goes on to the end').toContain('All three steps are done.');
    }
    expect(looked, `half of the ${dryRuns} dry runs at least get as far as to look`).toBeGreaterThanOrEqual(
      dryRuns / 2,
    );
    expect(dryWrites, 'a dry run writes nothing').toEqual([]);
  });
};
