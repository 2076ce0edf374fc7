import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** Builds the bundle once before all tests: those that start the program as a process run what is in the tree. */
export const setup = async (): Promise<void> => {
  const cwd = resolve(import.meta.dirname, '../..');
  await promisify(execFile)(process.execPath, ['esbuild.config.js'], { cwd });
};
