import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

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
