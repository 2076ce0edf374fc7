// Preloaded into the program's process (NODE_OPTIONS=--require): kills it, or has its disk fail, at a moment that SABOTAGE names
// in JSON. What it did goes into the file `told`, at once, as one of its deeds is the last of this process.
const { appendFileSync } = require('node:fs');
const fs = require('node:fs/promises');
const channels = require('node:diagnostics_channel');
const { syncBuiltinESMExports } = require('node:module');

const { told, below, kill, fault, lists } = JSON.parse(process.env.SABOTAGE);
const tell = (what) => appendFileSync(told, `${JSON.stringify(what)}\n`);

const die = (where) => {
  tell({ died: where });
  process.kill(process.pid, 'SIGKILL');
};

// What the program waits for between looks passes quickly; what it gives AWS for an answer stays as it is.
const { setTimeout } = globalThis;
globalThis.setTimeout = (work, ms, ...rest) => setTimeout(work, ms >= 1000 && ms <= 3000 ? ms / 50 : ms, ...rest);

// An answer that the harness has marked is the last thing to arrive: nothing is written and nothing is asked after it.
let lastArrived = false;
channels.subscribe('http.client.response.finish', ({ response }) => {
  if (response.headers['x-torture'] === 'last-answer') lastArrived = true;
});
channels.subscribe('http.client.request.start', () => {
  if (lastArrived) die('the next request');
});

/** What only looks at the disk. */
const looks = ['open', 'read', 'list', 'lstat', 'stat'];
/** Which operations fail with what: a full disk lets files be deleted, a read-only one lets them be read. */
const failing = {
  ENOSPC: ['create', 'mkdir', 'write', 'sync', 'rename', 'link'],
  EROFS: ['create', 'mkdir', 'rename', 'link', 'unlink', 'chmod'],
  EACCES: ['create', 'mkdir', 'rename', 'link', 'unlink', 'open', 'list', 'lstat'],
  EIO: ['create', 'mkdir', 'rename', 'link', 'unlink', 'chmod', 'write', 'sync', 'close', ...looks],
  // A part is written, then nothing more.
  short: ['write'],
};

let count = 0;

/** What happens in place of one operation of the disk, each time it is told apart from the others. */
const dying = async (name, work, half) => {
  count += 1;
  if (count !== kill.nth) return work();
  if (kill.when === 'before') die(name);
  if (kill.when === 'half') await half();
  else await work();
  return die(name);
};

const failingAt = async (kind, name, work, half) => {
  count += 1;
  if (count < fault.nth || (count > fault.nth && !fault.lasting)) return work();
  tell({ failed: name });
  if (fault.code === 'short') await half();
  // A handle is gone, whatever its close reports.
  if (kind === 'close') await work();
  const code = fault.code === 'short' ? 'ENOSPC' : fault.code;
  throw Object.assign(new Error(`${code}: sabotaged, ${name}`), { code, syscall: kind });
};

const ours = (path) => below.some((each) => path === each || path.startsWith(`${each}/`));

const perform = async (kind, path, work, half = work) => {
  if (!ours(path)) return work();
  const name = `${kind} ${path}`;
  if (lists) tell({ did: name });
  if (lastArrived && !looks.includes(kind)) die(name);
  if (kill && !looks.includes(kind)) return dying(name, work, half);
  return fault && failing[fault.code].includes(kind) ? failingAt(kind, name, work, half) : work();
};

const methods = { chmod: 'chmod', writeFile: 'write', sync: 'sync', readFile: 'read', stat: 'stat', close: 'close' };
const watched = (handle, path) => {
  for (const [method, kind] of Object.entries(methods)) {
    const original = handle[method].bind(handle);
    handle[method] = (...given) => {
      const half = async () => {
        const bytes = Buffer.from(given[0]);
        await handle.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
      };
      return perform(kind, path, () => original(...given), kind === 'write' ? half : undefined);
    };
  }
  return handle;
};

const { open } = fs;
fs.open = (path, flags, ...rest) =>
  perform(typeof flags === 'string' && flags !== 'r' ? 'create' : 'open', String(path), async () => {
    const handle = await open(path, flags, ...rest);
    return ours(String(path)) ? watched(handle, String(path)) : handle;
  });

const others = { rename: 'rename', link: 'link', unlink: 'unlink', mkdir: 'mkdir', chmod: 'chmod', lstat: 'lstat' };
for (const [method, kind] of Object.entries({ ...others, stat: 'stat', readdir: 'list' })) {
  const original = fs[method];
  fs[method] = (path, ...rest) => perform(kind, String(path), () => original(path, ...rest));
}
syncBuiltinESMExports();
