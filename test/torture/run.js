// Tries the promise that nothing gets lost, and prints what was tried and what came of it:
//   npm run torture                       everything
//   npm run torture -- --bounded          what CI runs, in under three minutes
//   npm run torture -- --runs 5000        more random runs
//   npm run torture -- --seed 7           the random runs of an earlier table again
//   npm run torture -- crashes            only the files whose name holds this
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bounded: { type: 'boolean', default: false },
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
for (const name of ['runs', 'seed'])
  if (!/^\d{1,10}$/.test(values[name])) throw new Error(`--${name} takes a whole number, not ${values[name]}.`);

/** What is to be tried at the least, bounded and in full. */
const rows = [
  { row: 'crash points', good: 'survived', atLeast: [80, 80] },
  { row: 'crash points of a removal', good: 'survived', atLeast: [40, 700] },
  { row: 'moments of a save', good: 'survived', atLeast: [5, 5] },
  { row: 'faults', good: 'survived', atLeast: [430, 430] },
  { row: 'faults of the disk', good: 'survived', atLeast: [20, 20] },
  { row: 'random runs', good: 'survived', atLeast: [Number(values.runs), Number(values.runs)] },
  { row: 'damaged states', good: 'explained', atLeast: [2_050, 2_050] },
  { row: 'concurrent processes', good: 'lost updates', atLeast: [20, 20] },
];

const folder = await mkdtemp(join(tmpdir(), 'spot-cur-torture-'));
const figures = join(folder, 'figures');
await writeFile(figures, '');
Object.assign(process.env, {
  TORTURE_FIGURES: figures,
  TORTURE_BOUNDED: String(values.bounded),
  TORTURE_RUNS: values.runs,
  TORTURE_SEED: values.seed,
});
const began = performance.now();
const vitest = await startVitest('test', positionals, {
  root,
  config: join(root, 'test/torture/vitest.config.ts'),
  watch: false,
});
await vitest.close();
const counted = (await readFile(figures, 'utf8'))
  .trim()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
await rm(folder, { recursive: true });

let short = false;
const say = (text) => process.stdout.write(`${text}\n`);
say(`\nseed ${values.seed}, ${Math.round((performance.now() - began) / 1000)} s\n`);
say(`${''.padEnd(26)}${'tried'.padStart(8)}  came well through`);
for (const { row, good, atLeast } of rows) {
  const tried = counted.filter((each) => each.row === row);
  const well = tried.filter((each) => each.good).length;
  const floor = positionals.length > 0 ? 0 : atLeast[values.bounded ? 0 : 1];
  const bad = well < tried.length || tried.length < floor;
  short ||= bad;
  const outcome = good === 'lost updates' ? `${tried.length - well} ${good}` : `${well} ${good}`;
  say(
    `${row.padEnd(26)}${String(tried.length).padStart(8)}  ${outcome}${bad ? `   SHORT: at least ${floor}, all of them` : ''}`,
  );
}
if (process.exitCode) say('\nNot all of it went well: see above.');
if (short) process.exitCode = 1;
