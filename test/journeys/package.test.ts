import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = resolve(import.meta.dirname, '../..');

const bundle = async (): Promise<string> => {
  const files = (await readdir(join(root, 'dist'))).filter((name) => /\.c?js$/.test(name));
  expect(files.length).toBeGreaterThan(0);
  return (await Promise.all(files.map((name) => readFile(join(root, 'dist', name), 'utf8')))).join('\n');
};

describe('what is shipped', () => {
  test('holds no XML parser of the old CUR client, whose advisories are open, and no editor prompt', async () => {
    const code = await bundle();
    // Words of fast-xml-parser 4: an option's name, and of its validator.
    const parser = await readFile(join(root, 'node_modules/fast-xml-parser/src/xmlparser/OptionsBuilder.js'), 'utf8');
    expect(parser).toContain('alwaysCreateTextNode');
    expect(code).not.toContain('alwaysCreateTextNode');
    expect(code).not.toContain('unpairedTags');
    expect(code).not.toContain("char '&' is not expected");
    // Words of the editor prompt, which would bring four fifths of inquirer's weight.
    expect(code).not.toMatch(/to launch your preferred editor|CreateFileError|LaunchEditorError/);
  });

  test('needs nothing at run time', async () => {
    const described = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(described.dependencies).toBeUndefined();
    expect(described.optionalDependencies).toBeUndefined();
    expect(described.peerDependencies).toBeUndefined();
  });

  test('is made from dependencies that are pinned, and whose content is known', async () => {
    const described = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const ranges: Readonly<Record<string, string>> = { ...described.devDependencies, ...described.overrides };
    const loose = Object.entries(ranges).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range));
    // No newer release of the old client is to be missed.
    expect(loose.map(([name]) => name)).toEqual(['@aws-sdk/client-cost-and-usage-report-service']);
    const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
    const unknown = Object.entries<{ readonly integrity?: string; readonly optional?: boolean }>(packages).filter(
      // Builds for other machines are not fetched, and so not known.
      ([path, { integrity, optional }]) => path !== '' && !optional && !integrity?.startsWith('sha512-'),
    );
    expect(unknown.map(([path]) => path)).toEqual([]);
  });

  test('runs nothing when it is installed, and runs then', { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const npm = (cwd: string, ...words: readonly string[]) =>
      promisify(execFile)('npm', [...words, '--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'cache')], {
        cwd,
      });
    await npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
    const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    for (const scripts of ['--ignore-scripts', '--foreground-scripts']) {
      const project = join(folder, scripts.slice(2));
      await mkdir(project);
      await writeFile(join(project, 'package.json'), '{"private":true}');
      await npm(project, 'install', scripts, join(folder, tarball));
      expect(await readdir(join(project, 'node_modules'))).toEqual(['.bin', '.package-lock.json', 'spot-cur']);
      const installed = JSON.parse(await readFile(join(project, 'node_modules/spot-cur/package.json'), 'utf8'));
      for (const script of ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare'])
        expect(installed.scripts[script], script).toBeUndefined();
      const locked = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
      expect(locked.packages['node_modules/spot-cur'].hasInstallScript).toBeUndefined();
      const bin = join(project, 'node_modules/.bin/spot-cur');
      const env = { PATH: process.env.PATH, HOME: project, TZ: 'UTC' };
      const played = await promisify(execFile)(bin, ['rehearse', '--yes'], { cwd: project, env });
      expect(played.stderr).toContain('All three steps are done.');
    }
  });

  test('is the program, its description and its licence', async () => {
    const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string; mode: number }[] }];
    const paths = files.map(({ path }) => path);
    const strange = paths.filter(
      (path) =>
        !/^(bin\/spot-cur\.js|dist\/[\w.-]+\.c?js(\.LEGAL\.txt)?|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
          path,
        ),
    );
    expect(strange).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['bin/spot-cur.js', 'package.json', 'README.md', 'LICENSE']));
    expect(files.find(({ path }) => path === 'bin/spot-cur.js')?.mode).toBe(0o755);
  });
});
