import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
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

// Written beside and renamed, so that a run in the meantime sees the old bundle or the new one.
const beside = `dist.${process.pid}.tmp`;
await build({
  entryPoints: { 'spot-cur': 'src/main.ts' },
  outdir: beside,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'linked',
  define: { version: JSON.stringify(version) },
  plugins: [left],
  logLevel: 'warning',
});
await mkdir('dist', { recursive: true });
for (const file of await readdir(beside)) await rename(`${beside}/${file}`, `dist/${file}`);
await rm(beside, { recursive: true });
