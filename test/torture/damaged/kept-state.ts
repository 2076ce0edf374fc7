import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import { fileStore } from '../../../src/state/file-store.ts';
import { writeState } from '../../../src/state/schema.ts';
import type { State } from '../../../src/state/state.ts';
import { facts } from '../../state/acme.ts';
import { type Phase, reach, rehearse } from '../../support/rehearsal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What is saved of a connection that has really come as far as that. */
export const stateAt = (phase: Phase): Promise<State> => {
  const state = known.get(phase) ?? walkTo(phase);
  known.set(phase, state);
  return state;
};

const known = new Map<Phase, Promise<State>>();

const walkTo = async (phase: Phase): Promise<State> => {
  const rehearsal = rehearse();
  await reach(rehearsal, phase);
  const state = await rehearsal.state();
  if (!state) throw new Error(`Nothing is saved at ${phase}.`);
  return state;
};

/** A home in which that state is kept, whose file can be damaged. */
export const keptState = async (state: State) => {
  const home = await temporaryFolder();
  const customers = join(home, 'customers');
  mkdirSync(customers, { mode: 0o700 });
  const file = join(customers, `${state.customer}.json`);
  const whole = Buffer.from(writeState(state));
  writeFileSync(file, whole, { mode: 0o600 });
  return { home, customers, file, whole, store: fileStore(home, facts) };
};

/**
 * Damage has to be harmless, or explained with a command to type; and the file has to stay as it is. @throws where it is neither
 */
export const expectHarmlessOrExplained = async (
  { file, store }: Pick<Awaited<ReturnType<typeof keptState>>, 'file' | 'store'>,
  state: State,
  damaged: Uint8Array,
): Promise<'harmless' | 'explained'> => {
  writeFileSync(file, damaged);
  const outcome = await store.load(state.customer).catch((error: unknown) => error);
  if (!readFileSync(file).equals(damaged)) throw new Error('The damaged file was changed.');
  if (!(outcome instanceof Problem)) {
    expect(outcome).toEqual(state);
    return 'harmless';
  }
  expectExplained(outcome, file);
  return 'explained';
};

/** A refusal says what is wrong with which file, and how to go on. */
export const expectExplained = (problem: Problem, file: string): void => {
  const told = problem.message.includes(file) && problem.advice.some((line) => /\bmv |\bspot-cur |\brm /.test(line));
  if (problem.code !== 'state' || !told)
    throw new Error(`Not explained: ${problem.code}: ${problem.message}\n${problem.advice.join('\n')}`);
};
