// How long the program takes until its first word, as a multiple of Node.js starting with nothing to do.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(import.meta.dirname, '../../bin/spot-cur.js');
const rounds = Number(process.argv[2] ?? 40);
const home = await mkdtemp(join(tmpdir(), 'spot-cur-bench-'));
// Nobody listens there: what is measured comes before any network call. NODE_EXTRA_CA_CERTS would cost both sides alike.
const env = {
  PATH: process.env.PATH,
  HOME: home,
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: '111122223333',
  AWS_SECRET_ACCESS_KEY: 'simulated',
};

/** Milliseconds until the first byte on stdout or stderr, or until the end where nothing is said. */
const measure = (args) =>
  new Promise((settle, fail) => {
    const began = performance.now();
    let first;
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = () => {
      if (first === undefined) child.kill();
      first ??= performance.now() - began;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', fail);
    child.once('close', () => settle(first ?? performance.now() - began));
  });

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const answers = ['--spot-org-id', '60012345', '--msp-account', '999988887777'];
const cases = {
  'node -e 0': ['-e', '0'],
  'spot-cur --version': [binary, '--version'],
  'spot-cur help': [binary, 'help'],
  'spot-cur setup, first words': [binary, 'setup', 'acme', '--yes', ...answers],
  'spot-cur status, first words': [binary, 'status'],
};
const taken = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
// In turns, so that a busy moment of the machine touches all alike; the first round only warms the disk's cache.
for (let round = 0; round <= rounds; round += 1)
  for (const [name, args] of Object.entries(cases)) {
    const ms = await measure(args);
    if (round > 0) taken[name].push(ms);
  }
await rm(home, { recursive: true, force: true });

const bare = median(taken['node -e 0']);
process.stdout.write(`medians of ${rounds} runs each, Node.js ${process.versions.node}\n`);
for (const [name, values] of Object.entries(taken)) {
  const ms = median(values);
  const cells = [name.padEnd(30), `${ms.toFixed(0)} ms`.padStart(8), `${(ms / bare).toFixed(2)} x`.padStart(8)];
  process.stdout.write(
    `${cells.join(' ')}${name === 'node -e 0' ? '' : `   ${(ms - bare).toFixed(0)} ms beyond Node.js`}\n`,
  );
}
