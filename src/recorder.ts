import { createHash } from 'node:crypto';
import { type Attempt, isFresh, isMadeBy, nothingCame } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { Answers, JournalEntry, Provenance, State, StateStore } from './state/state.ts';
import type { Change, Effect, Outcome, Resource, Settled, Vain } from './step.ts';
import { withoutSecrets } from './text.ts';

/** Keeps the state of a connection true while a run goes on. Each method saves before it returns, unless nothing changed. */
export interface Recorder {
  readonly state: State;
  /** Saves what the run began with, if it differs from what was saved. */
  keep(): Promise<void>;
  answer(answers: Answers): Promise<void>;
  /** Answers that must not be kept as they were given: the version before goes with them. */
  retell(answers: Answers): Promise<void>;
  note(notes: Readonly<Record<string, string>>): Promise<void>;
  /** Concludes attempts that got no answer, now that their effect is seen: what they were to create, they created. */
  cameThrough(effects: readonly Effect[]): Promise<void>;
  /** Concludes attempts that got no answer, now that it is seen that they did not come through. */
  cameToNothing(vain: readonly Vain[]): Promise<void>;
  /** Takes down what stands and was not known of. */
  found(resources: readonly Resource[]): Promise<void>;
  /** Forgets where resources came from that are not the connection's any more. */
  release(keys: readonly string[]): Promise<void>;
  /** Forgets and notes, in one save, what has turned out about what is being taken back. */
  forget(settled: Settled): Promise<void>;
  /** Drops the notes that a connection sheds once it has begun. */
  shed(): Promise<void>;
  /** Journals that a change is about to be made. @returns its idempotency token, the same for an attempt without outcome */
  intend(change: Change, who: string): Promise<string>;
  succeed(token: string, change: Change, outcome: Outcome): Promise<void>;
  fail(token: string, error: Error): Promise<void>;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Records from `first` on, which may differ from what was `saved`. The notes that it `sheds` go with the first change that is begun.
 * @param store undefined for a dry run: nothing is saved
 */
export const recorder = (
  {
    first,
    saved,
    sheds = [],
  }: { readonly first: State; readonly saved: State | undefined; readonly sheds?: readonly string[] },
  store: StateStore | undefined,
  { clock, tool }: { readonly clock: Pick<Clock, 'now'>; readonly tool: string },
): Recorder => {
  let state = first;
  let kept = JSON.stringify(saved);
  const save = async (changed: Partial<State>) => {
    state = { ...state, ...changed };
    if (!store || JSON.stringify(state) === kept) return;
    state = await store.save(state);
    kept = JSON.stringify(state);
  };
  const conclude = (endingOf: (open: JournalEntry) => Partial<JournalEntry> | undefined): readonly JournalEntry[] =>
    state.journal.map((entry) => {
      const ending = entry.outcome === undefined ? endingOf(entry) : undefined;
      return ending ? { ...entry, ended: iso(clock.now()), ...ending } : entry;
    });
  const attempt =
    (token: string, ending: Partial<JournalEntry>) =>
    (open: JournalEntry): Partial<JournalEntry> | undefined =>
      open.token === token ? ending : undefined;

  return {
    get state() {
      return state;
    },

    keep: () => save({}),
    answer: (answers) => save({ answers }),
    async retell(answers) {
      await save({ answers: { ...state.answers, ...answers } });
      // What was saved before is kept beside, until the next save.
      if (store) state = await store.save(state);
      kept = JSON.stringify(state);
    },
    note: (notes) => save({ notes: { ...state.notes, ...notes } }),

    async cameThrough(effects) {
      const now = clock.now();
      const effectOf = ({ change, outcome }: JournalEntry) =>
        outcome === undefined ? effects.find((effect) => isOf(effect, change)) : undefined;
      const open = state.journal.filter((entry) => effectOf(entry));
      if (open.length === 0) return;
      const seen = open.filter((entry) => madeIt(entry, effectOf(entry), now));
      const notes = Object.assign({}, ...seen.map((entry) => effectOf(entry)?.notes));
      const created = seen.flatMap(({ resource, began }): [string, Provenance][] => {
        const [key, id] = resource ? split(resource) : [];
        return key === undefined || id === undefined || state.provenance[key]?.id === id
          ? []
          : [[key, { origin: 'created', id, at: began }]];
      });
      await save({
        journal: conclude(
          (entry) =>
            effectOf(entry) &&
            (seen.includes(entry) ? { outcome: 'done' } : { outcome: 'failed', error: madeByOthers }),
        ),
        notes: { ...state.notes, ...notes },
        provenance: { ...state.provenance, ...Object.fromEntries(created) },
      });
    },

    async cameToNothing(vain) {
      if (vain.length === 0) return;
      const endings = new Map(vain.map(({ change, error }) => [change, { outcome: 'failed' as const, error }]));
      await save({ journal: conclude(({ change }) => endings.get(change)) });
    },

    async found(resources) {
      const at = iso(clock.now());
      const fresh = resources.filter(({ key, id }) => state.provenance[key]?.id !== id);
      if (fresh.length === 0) return;
      const entries = fresh.map(({ key, id }): [string, Provenance] => [key, { origin: 'found', id, at }]);
      await save({ provenance: { ...state.provenance, ...Object.fromEntries(entries) } });
    },

    async release(keys) {
      if (!keys.some((key) => state.provenance[key])) return;
      await save({ provenance: without(state.provenance, keys) });
    },

    forget: ({ releases, forgets, notes }) =>
      save({
        provenance: without(state.provenance, releases),
        notes: { ...without(state.notes, forgets), ...notes },
      }),

    shed: () => save({ notes: without(state.notes, sheds) }),

    async intend(change, who) {
      const now = clock.now();
      const open = state.journal.find(
        (entry) => entry.change === change.id && !entry.outcome && isFresh(attemptOf(entry), now),
      );
      if (open) {
        // Saved even so: a run that has lost its lock must not begin a write.
        const again = { ...open, again: iso(now) };
        await save({ journal: state.journal.map((entry) => (entry === open ? again : entry)) });
        return open.token;
      }
      const nth = state.journal.filter((entry) => entry.change === change.id).length + 1;
      const token = tokenFor(state.lineage, change.id, nth);
      const resource = change.creates && `${change.creates.key}:${change.creates.id}`;
      const entry: JournalEntry = {
        token,
        change: change.id,
        summary: change.summary,
        ...(resource && { resource }),
        ...change.call,
        who,
        tool,
        began: iso(now),
      };
      // It is to be made still, so nothing came of what was begun longer ago.
      const before = conclude(({ change: id }) =>
        id === change.id ? { outcome: 'failed', error: nothingCame } : undefined,
      );
      await save({ journal: [...before, entry], notes: without(state.notes, sheds) });
      return token;
    },

    async succeed(token, change, { requestId, arn, notes, stood }) {
      const at = iso(clock.now());
      const { creates } = change;
      const again = state.journal.some((entry) => entry.token === token && entry.again !== undefined);
      // It may have been this very attempt that made it before: the next look tells.
      if (creates && stood && again) return;
      await save({
        journal: conclude(attempt(token, { outcome: 'done', ...(requestId && { requestId }), ...(arn && { arn }) })),
        ...(notes && { notes: { ...state.notes, ...notes } }),
        ...(creates &&
          !stood && {
            provenance: { ...state.provenance, [creates.key]: { origin: 'created' as const, id: creates.id, at } },
          }),
      });
    },

    async fail(token, error) {
      await save({
        journal: conclude(
          attempt(token, {
            outcome: 'failed',
            error: withoutSecrets(`${error.name}: ${error.message}`).slice(0, 500),
            ...requestOf(error),
          }),
        ),
      });
    },
  };
};

/** The attempts of a journal that got no answer, oldest first. */
export const openAttempts = ({ journal }: Pick<State, 'journal'>): readonly Attempt[] =>
  journal.filter(({ outcome }) => outcome === undefined).map(attemptOf);

const attemptOf = ({ change, token, began, again }: JournalEntry): Attempt => ({
  change,
  token,
  began: Date.parse(began),
  ...(again !== undefined && { again: Date.parse(again) }),
});

/** Whether an attempt made what stands, rather than somebody who made the same later. Only what it was to create is in question. */
const madeIt = (entry: JournalEntry, effect: Effect | undefined, now: number): boolean => {
  const { proof } = effect ?? {};
  if (!entry.resource || proof === 'mark') return true;
  const attempt = attemptOf(entry);
  return proof ? isMadeBy(attempt, proof.made) : isFresh(attempt, now);
};

const madeByOthers = 'No answer came, and what stands there can not be told to be of this attempt.';

const isOf = ({ change }: Effect, id: string): boolean =>
  id === change || (/[:/]$/.test(change) && id.startsWith(change));

/** Keys have no colon; ids may. */
const split = (resource: string): readonly [key: string, id: string] => {
  const colon = resource.indexOf(':');
  return [resource.slice(0, colon), resource.slice(colon + 1)];
};

/** AWS's support goes by the request, of one that was refused above all. */
const requestOf = (error: Error): Pick<JournalEntry, 'requestId'> => {
  const { requestId, $metadata } = error as { requestId?: string; $metadata?: { requestId?: string } };
  const id = requestId ?? $metadata?.requestId;
  return id === undefined ? {} : { requestId: id };
};

const without = <T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Derived, so that a repeated attempt is the same request to AWS and a further attempt another one. */
const tokenFor = (lineage: string, change: string, attempt: number): string =>
  `spot-cur-${createHash('sha256').update(`${lineage}\n${change}\n${attempt}`).digest('hex').slice(0, 32)}`;
