import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('twenty processes, some killed while they hold the lock, lose no update', async () => {
  const folder = await temporaryFolder();
  const contender = join(folder, 'contender.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures/contender.ts')],
    outfile: contender,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const counter = join(folder, 'counter');
  await writeFile(counter, '0');
  const run = (times: number, ending: string) =>
    new Promise<number | null>((resolve, reject) => {
      const child = spawn(process.execPath, [contender, join(folder, 'acme.lock'), counter, String(times), ending], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child.on('error', reject).on('exit', resolve);
    });
  const codes = await Promise.all([
    ...Array.from({ length: 15 }, () => run(5, 'live')),
    ...Array.from({ length: 5 }, () => run(1, 'die')),
  ]);
  expect(codes).toEqual([...Array(15).fill(0), ...Array(5).fill(null)]);
  expect(await readFile(counter, 'utf8')).toBe('80');
  const left = (await readdir(folder)).filter((name) => name.startsWith('acme.lock'));
  expect(left.filter((name) => name !== 'acme.lock')).toEqual([]);
}, 60_000);
