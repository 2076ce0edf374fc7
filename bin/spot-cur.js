#!/usr/bin/env node
// Plain JavaScript of old, so that an old Node.js can still say what it lacks.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`spot-cur needs Node.js 20.17 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Ctrl-C before the program is read; main takes over from here.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  import('node:module')
    .then((module) => {
      // Node 22 and newer keep compiled code; older ones have no safe way to.
      if (module.enableCompileCache) module.enableCompileCache();
      return import('../dist/spot-cur.js');
    })
    .catch((error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      process.stderr.write('spot-cur is not built yet. In its folder, run: npm ci\n');
      process.exitCode = 1;
    });
}
