import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crawlerTemplate, snakeCase } from '../../src/simulator/templates/crawler.ts';
import { extractorTemplate } from '../../src/simulator/templates/extractor.ts';

const LINTER = 'cfn-lint';
const installed = spawnSync(LINTER, ['--version']).status === 0;
if (!installed) process.stderr.write('cfn-lint is not installed: the templates are not checked with it.\n');

const report = { bucket: 'acme-billing', name: 'AcmeCosts-2026', folder: 'spotinst_eco/AcmeCosts-2026' };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spot-cur-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.skipIf(!installed)(
  'cfn-lint finds no error in the templates of crawler and extractor',
  { timeout: 60_000 },
  async () => {
    const files = [join(folder, 'crawler.yml'), join(folder, 'extractor.yml')] as const;
    await writeFile(files[0], crawlerTemplate(report));
    await writeFile(files[1], extractorTemplate);
    const { stdout } = spawnSync(LINTER, ['--ignore-checks', 'W', '--', ...files], { encoding: 'utf8' });
    expect(stdout).toBe('');
  },
);

test.each([
  ['spotinst-cur-report', 'spotinst_cur_report'],
  ['AcmeCosts-2026', 'acme_costs_2026'],
  ['costs', 'costs'],
])('Glue gets the report %s as %s', (name, snake) => expect(snakeCase(name)).toBe(snake));
