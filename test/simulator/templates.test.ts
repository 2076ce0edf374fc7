import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe.skipIf(!installed)('cfn-lint', { timeout: 60_000 }, () => {
  test.each([
    ['the crawler', crawlerTemplate(report)],
    ['the extractor', extractorTemplate],
  ])('finds no error in the template of %s', async (_, text) => {
    const file = join(folder, 'template.yml');
    await writeFile(file, text);
    const { stdout } = spawnSync(LINTER, ['--ignore-checks', 'W', '--', file], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

test.each([
  ['spotinst-cur-report', 'spotinst_cur_report'],
  ['AcmeCosts-2026', 'acme_costs_2026'],
  ['costs', 'costs'],
])('Glue gets the report %s as %s', (name, snake) => expect(snakeCase(name)).toBe(snake));
