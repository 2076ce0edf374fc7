import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

/** Replaces modules that are dragged along and never used. */
const left = {
  name: 'left-out',
  setup({ onResolve, onLoad }) {
    // The old CUR client's own credential chain and STS client: it is always handed credentials.
    onResolve({ filter: /^@aws-sdk\/(credential-provider-node|client-sts)$/ }, ({ path, importer }) =>
      importer.includes('client-cost-and-usage-report-service') ? { path, namespace: 'left-out' } : undefined,
    );
    // The editor prompt is four fifths of inquirer, and nothing here is typed in an editor.
    onResolve({ filter: /^@inquirer\/editor$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `
        const leftOut = () => { throw new Error('left out of the bundle'); };
        export const decorateDefaultCredentialProvider = () => leftOut, defaultProvider = leftOut;
        export const getDefaultRoleAssumer = leftOut, getDefaultRoleAssumerWithWebIdentity = leftOut;
        export default leftOut;`,
    }));
  },
};

// Written beside and renamed, the entry last: a run in the meantime sees the old program or the new one, never half of each.
const beside = `dist.${process.pid}.tmp`;
await build({
  entryPoints: { 'spot-cur': 'src/main.ts' },
  outdir: beside,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Modules in chunks, so that a command loads what it needs: the whole as one CommonJS file starts half as fast.
  format: 'esm',
  splitting: true,
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
  mainFields: ['module', 'main'],
  minify: true,
  define: { version: JSON.stringify(version) },
  plugins: [left],
  logLevel: 'warning',
});
await mkdir('dist', { recursive: true });
const made = await readdir(beside);
const entry = 'spot-cur.js';
for (const file of [...made.filter((each) => each !== entry), entry]) await rename(`${beside}/${file}`, `dist/${file}`);
await rm(beside, { recursive: true });

// Chunks of older bundles stay for an hour, for runs that began with them.
const hour = 3_600_000;
for (const file of await readdir('dist'))
  if (!made.includes(file) && Date.now() - (await stat(`dist/${file}`)).mtimeMs > hour) await rm(`dist/${file}`);
