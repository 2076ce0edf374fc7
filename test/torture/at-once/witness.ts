import { existsSync, readFileSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { State } from '../../../src/state/state.ts';

export const customersIn = (home: string): string => join(home, '.spot-cur/customers');
export const lockOf = (home: string): string => join(customersIn(home), 'acme.lock');
export const savedIn = (home: string): Promise<string> => readFile(join(customersIn(home), 'acme.json'), 'utf8');
export const stateIn = async (home: string): Promise<State> => JSON.parse(await savedIn(home));

/** Sees the versions of a state come, whose folder has to be there. @returns a check that none was lost: each has a serial of its own, and they only grow */
export const witness = (home: string): (() => void) => {
  const path = join(customersIn(home), 'acme.json');
  const seen: { readonly serial: number; readonly text: string }[] = [];
  const look = () => {
    if (!existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    if (text !== seen.at(-1)?.text) seen.push({ serial: JSON.parse(text).serial, text });
  };
  const watcher = watch(customersIn(home), look);
  onTestFinished(() => watcher.close());
  look();
  return () => {
    look();
    const serials = seen.map(({ serial }) => serial);
    expect(serials).toEqual([...new Set(serials)].sort((one, other) => one - other));
  };
};
