import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { besideOf, sweepBeside } from '../../src/state/beside.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** More than Linux gives to any process. */
const dead = 9_999_999;

test('what dead processes were writing is swept away, and nothing else', async () => {
  const folder = await temporaryFolder();
  const swept = [
    `.acme.json.${dead}.0123456789ab.tmp`,
    `.acme.json.previous.${dead}.0123456789ab.tmp`,
    `.acme.lock.${process.pid}.0123456789ab.tmp`,
  ];
  const stays = [
    `.acme.json.${process.ppid}.0123456789ab.tmp`,
    `.acme-corp.json.${dead}.0123456789ab.tmp`,
    `.acme.json.${dead}.0123.tmp`,
    `acme.json.${dead}.0123456789ab.tmp`,
    '.acme.notes.tmp',
    'acme.json',
  ];
  for (const name of [...swept, ...stays]) await writeFile(join(folder, name), '');
  await sweepBeside(folder, 'acme.');
  expect((await readdir(folder)).sort()).toEqual([...stays].sort());
  await sweepBeside(join(folder, 'missing'), 'acme.');
});

test('a file beside another one is in its folder, hidden, and never the same twice', () => {
  const [one, other] = [besideOf('/home/x/acme.json'), besideOf('/home/x/acme.json')];
  expect(dirname(one)).toBe('/home/x');
  expect(basename(one)).toMatch(new RegExp(`^\\.acme\\.json\\.${process.pid}\\.[0-9a-f]{12}\\.tmp$`));
  expect(other).not.toBe(one);
});
