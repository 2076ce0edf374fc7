import { stdout } from 'node:process';

/** A line for whoever reads what was tried. */
export const say = (line: string): void => void stdout.write(`${line}\n`);
