import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { sealed } from '../../../src/state/seal.ts';
import type { State } from '../../../src/state/state.ts';

/** What a damaged file may be made from. */
export interface Sound {
  readonly home: string;
  readonly customers: string;
  /** Where the state is kept. */
  readonly file: string;
  readonly text: string;
  readonly state: State;
}

/** A file that takes the place of a state. */
export interface Damage {
  readonly name: string;
  /** Whether it still says the same, or has to be refused: with these words. */
  readonly outcome: 'harmless' | RegExp;
  /** Puts it there. @returns how to let go of it, where that is needed */
  put(sound: Sound): void | Promise<() => void>;
}

const content = (name: string, outcome: Damage['outcome'], make: (sound: Sound) => string | Uint8Array): Damage => ({
  name,
  outcome,
  put: (sound) => writeFileSync(sound.file, make(sound)),
});

/** Instead of the file, something that is none. */
const place = (name: string, outcome: Damage['outcome'], put: Damage['put']): Damage => ({
  name,
  outcome,
  put(sound) {
    rmSync(sound.file);
    return put(sound);
  },
});

/** Changed by a hand that left the digest as it was. */
const edited = (name: string, from: string, to: string): Damage =>
  content(name, /not what spot-cur has saved/, ({ text }) => replaced(text, from, to));

/** Changed by a hand that took the digest away, to say so; what is left to find is the fault itself. */
const own = (name: string, outcome: Damage['outcome'], change: (state: State) => object): Damage =>
  content(name, outcome, ({ state }) => JSON.stringify(change(state), undefined, 2));

const replaced = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`There is no ${from} in the state.`);
  return text.replace(from, to);
};

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const mebibyte = 1024 * 1024;
const root = userInfo().uid === 0;

const nothing: readonly Damage[] = [
  content('empty', /is empty/, () => ''),
  content('one blank', /is empty/, () => ' '),
  content('line ends only', /is empty/, () => '\r\n\r\n'),
  content('zeros, as after a power cut', /is not text/, ({ text }) => Buffer.alloc(text.length)),
  content('zeros at the end', /is not text/, ({ text }) => Buffer.concat([Buffer.from(text), Buffer.alloc(4096)])),
  content('a zero in the middle', /is not text/, ({ text }) => text.replace('"notes"', '"no\0tes"')),
];

const foreign: readonly Damage[] = [
  content('gzip', /is not text/, () => Buffer.from('1f8b0800000000000003', 'hex')),
  content('random bytes', /is not text/, () => Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 167) % 256))),
  content('HTML', /is not JSON/, () => '<!DOCTYPE html><title>Sign in</title>'),
  content('YAML', /is not JSON/, () => 'version: 1\ncustomer: acme\n'),
  content('a lock', /not a state/, () => JSON.stringify({ id: 'x', pid: 1, host: 'laptop' })),
  content('a package.json', /not a state/, () => '{"name":"x","version":"1.0.0"}'),
  content("Terraform's state", /not a state/, () =>
    JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 3, lineage: 'x', outputs: {}, resources: [] }),
  ),
  content('true', /not a state/, () => 'true'),
  content('a number', /not a state/, () => '1e999'),
  content('a text', /not a state/, ({ text }) => JSON.stringify(text)),
  content('a list with a state', /not a state/, ({ text }) => `[${text}]`),
  content('two states', /not whole JSON/, ({ text }) => text + text),
  content(
    'a conflict of versions',
    /is not JSON|not whole JSON/,
    ({ text }) => `<<<<<<< mine\n${text}=======\n${text}`,
  ),
  content('with comments', /is not JSON|not whole JSON/, ({ text }) => text.replace('{', '{ // mine\n')),
  content('with a comma too many', /not whole JSON/, ({ text }) => text.replace(/\n}\s*$/, ',\n}\n')),
  content('Python', /is not JSON|not whole JSON/, ({ text }) => text.replaceAll('"', "'")),
  content('UTF-16, as editors write it', /is not text/, ({ text }) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  content('UTF-16 without a mark', /is not text/, ({ text }) => Buffer.from(text, 'utf16le')),
  content('Latin-1', /is not text/, ({ text }) => Buffer.from(text.replace('acme', 'acmé'), 'latin1')),
];

const rewritten: readonly Damage[] = [
  content('a byte order mark', 'harmless', ({ text }) => `\ufeff${text}`),
  content('CRLF', 'harmless', ({ text }) => text.replaceAll('\n', '\r\n')),
  content('on one line', 'harmless', ({ state }) => JSON.stringify(sealed(state))),
  content('indented with tabs', 'harmless', ({ state }) => JSON.stringify(sealed(state), undefined, '\t')),
  content('without the last line end', 'harmless', ({ text }) => text.trimEnd()),
  content('with blanks around it', 'harmless', ({ text }) => `\n\n ${text} \n`),
  content('its letters written as escapes', 'harmless', ({ text }) => text.replace('"acme"', '"\\u0061cme"')),
  own('its digest taken away', 'harmless', (state) => state),
  content('a key of __proto__ among the answers', 'harmless', ({ text }) =>
    text.replace('"answers": {', '"answers": { "__proto__": "x",'),
  ),
  content('a key twice, the same', 'harmless', ({ text }) =>
    text.replace('"customer":', '"customer": "acme", "customer":'),
  ),
];

const byHand: readonly Damage[] = [
  edited('another bucket', '"bucket": "spotinst-cur-report"', '"bucket": "spotinst-cur-retort"'),
  edited('another account', '"account": "111122223333"', '"account": "111122223334"'),
  edited('found made created', '"origin": "created"', '"origin": "found"'),
  edited('an earlier time', '"began": "2026', '"began": "2025'),
  edited('another Org ID', '"60012345"', '"60012346"'),
  edited('an outcome turned round', '"outcome": "done"', '"outcome": "failed"'),
  edited('another serial', '"serial": ', '"serial": 1'),
  edited('another endpoint', '"endpoint": "aws"', '"endpoint": "http://127.0.0.1:4600"'),
  content('a key twice, the second another', /not what spot-cur has saved/, ({ text }) =>
    text
      .replace('"account":', '"account": "111122223333", "account": "999988887777", "accoun":')
      .replace(/"accoun": "\d+",/, ''),
  ),
  content('a digest of another state', /not what spot-cur has saved/, ({ text, state }) =>
    text.replace(/"digest": "[0-9a-f]+"/, `"digest": "${sealed({ ...state, serial: 99 }).digest}"`),
  ),
  content('a digest that is a number', /not what spot-cur has saved/, ({ text }) =>
    text.replace(/"digest": "[0-9a-f]+"/, '"digest": 1'),
  ),
  own('a newer version', /newer spot-cur/, (state) => ({ ...state, version: 2, future: true })),
  own('version 0', /"version" must be 1/, (state) => ({ ...state, version: 0 })),
  own('a version in quotes', /"version" must be 1/, (state) => ({ ...state, version: '1' })),
  own("another customer's", /holds the connection of "globex"/, (state) => ({ ...state, customer: 'globex' })),
  own('a customer that climbs', /"customer" must be/, (state) => ({ ...state, customer: '../../etc/passwd' })),
  own('an account of 11 digits', /"account" must be text of 12 digits/, (state) => ({
    ...state,
    account: '11112222333',
  })),
  own('an account that is a number', /"account" must be text/, (state) => ({ ...state, account: 111122223333 })),
  own('full-width digits', /"account" must be/, (state) => ({ ...state, account: '１１１１２２２２３３３３' })),
  content('NaN', /not whole JSON/, ({ text }) => text.replace(/"serial": \d+/, '"serial": NaN')),
  own('a negative serial', /"serial" can't be negative/, (state) => ({ ...state, serial: -1 })),
  own('a serial of 1.5', /"serial" must be/, (state) => ({ ...state, serial: 1.5 })),
  own('a serial beyond all numbers', /"serial" must be/, (state) => ({ ...state, serial: 1e300 })),
  own('no lineage', /"lineage" is missing/, ({ lineage: _, ...state }) => state),
  own('no journal', /"journal" is missing/, ({ journal: _, ...state }) => state),
  own('a field too many', /"secret" is not a field/, (state) => ({ ...state, secret: 'x' })),
  own('keys of AWS in it', /"access.secretAccessKey" is not a field/, (state) => ({
    ...state,
    access: { ...state.access, secretAccessKey: 'x' },
  })),
  own('answers as a list', /"answers" must be|"answers.0"/, (state) => ({ ...state, answers: [1] })),
  own('null for provenance', /"provenance" must be/, (state) => ({ ...state, provenance: null })),
  own('made by nobody', /"provenance.bucket.origin" must be/, (state) => ({
    ...state,
    provenance: { bucket: { ...state.provenance.bucket, origin: 'stolen' } },
  })),
  own('a time of no calendar', /"provenance.bucket.at" must be a time/, (state) => ({
    ...state,
    provenance: { bucket: { ...state.provenance.bucket, at: '2026-02-31T25:00:00Z' } },
  })),
  own('a name of an answer without end', /over 256 characters/, (state) => ({
    ...state,
    answers: { ...state.answers, ['x'.repeat(300)]: 'y' },
  })),
  content('__proto__ at the top', /"__proto__" is not a field/, ({ text }) =>
    text.replace('{', '{ "__proto__": { "a": 1 },'),
  ),
  content('constructor at the top', /"constructor" is not a field/, ({ text }) =>
    text.replace('{', '{ "constructor": { "prototype": {} },'),
  ),
  own('names that steer a terminal', /is not a field/, (state) => ({ ...state, '\u001b]0;owned\u0007\u202e': 1 })),
];

const huge: readonly Damage[] = [
  content('a hundred thousand lists in each other', /not a state/, () => nested(100_000)),
  content('an answer as deep', /"answers.a" must be/, ({ state }) =>
    JSON.stringify({ ...state, answers: { a: 'deep' } }).replace('"deep"', nested(50_000)),
  ),
  own('a journal of a million ones', /"journal.0" must be/, (state) => ({ ...state, journal: Array(1e6).fill(1) })),
  content('9 MiB', /larger than 8 MiB/, () => Buffer.alloc(9 * mebibyte, ' ')),
  place('a terabyte of nothing', /larger than 8 MiB/, ({ file }) => {
    writeFileSync(file, '');
    truncateSync(file, 2 ** 40);
  }),
];

const noFiles: readonly Damage[] = [
  place('a link to the state itself', /symbolic link/, ({ file, home, text }) => {
    writeFileSync(join(home, 'elsewhere'), text, { mode: 0o600 });
    symlinkSync(join(home, 'elsewhere'), file);
  }),
  place('a link to nowhere', /symbolic link/, ({ file }) => symlinkSync('/nowhere', file)),
  place('a link to itself', /symbolic link/, ({ file }) => symlinkSync(file, file)),
  place('a link to a device', /symbolic link/, ({ file }) => symlinkSync('/dev/zero', file)),
  place('a folder', /not a plain file/, ({ file }) => mkdirSync(file)),
  place('a pipe', /not a plain file/, ({ file }) => void execFileSync('mkfifo', [file])),
  place('a socket', /not a plain file|can't be opened/, ({ file }) => listening(file)),
  {
    name: 'closed to its owner',
    // Nothing is closed to root.
    outcome: root ? 'harmless' : /can't be read by you/,
    put: ({ file }) => chmodSync(file, 0o000),
  },
  // Only root makes devices.
  ...(root
    ? [place('a device', /not a plain file/, ({ file }) => void execFileSync('mknod', [file, 'c', '1', '5']))]
    : []),
];

const listening = (path: string) =>
  new Promise<() => void>((resolve) => {
    const server: Server = createServer().listen(path, () => resolve(() => server.close()));
  });

/** Files that have been found, or could be, where a state belongs. */
export const corpus: readonly Damage[] = [...nothing, ...foreign, ...rewritten, ...byHand, ...huge, ...noFiles];
