import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The layers of src/README.md, lowest first: which files are one, and which others it may import, itself aside. */
const layers: readonly Layer[] = [
  layer('errors', /^errors\.ts$/, []),
  layer('clock', /^clock\.ts$/, []),
  layer('text', /^(text|wildcard)\.ts$/, []),
  layer('field', /^field\.ts$/, ['errors', 'text']),
  layer('interrupt', /^interrupt\.ts$/, ['errors']),
  // YAML that can't exhaust its reader.
  layer('yaml', /^yaml\.ts$/, []),
  layer('aws', /^aws\//, ['errors', 'field', 'text']),
  layer('template', /^template\//, ['errors', 'text', 'yaml']),
  layer('state', /^state\//, ['errors', 'text']),
  // Messages lie on disk by the same rules as the state: private folders, files replaced whole.
  layer('outbox', /^(outbox|mail-draft)\.ts$/, ['errors', 'text', 'state']),
  layer('step', /^(step|change|attempt)\.ts$/, ['aws', 'outbox', 'errors', 'field']),
  layer('terminal', /^terminal\/(?!views\/)/, ['errors', 'text']),
  // Data to text: views know the data that they show, by type.
  layer('views', /^terminal\/views\//, [
    'terminal',
    'errors',
    'text',
    'field',
    'step',
    'state',
    'status',
    'template',
    'doctor',
    'removal',
  ]),
  layer('status', /^connection-status\.ts$/, ['aws', 'step', 'errors', 'text']),
  layer('named file', /^named-file\.ts$/, ['errors', 'text']),
  layer('answers', /^(answers|access-fields)\.ts$/, ['errors', 'text', 'field', 'state', 'named file', 'yaml']),
  layer('questionnaire', /^(questionnaire|agreement)\.ts$/, [
    'errors',
    'text',
    'field',
    'state',
    'step',
    'terminal',
    'views',
  ]),
  layer('recorder', /^recorder\.ts$/, ['clock', 'state', 'step', 'text']),
  // What all three steps need lies directly in steps/.
  layer('step parts', /^steps\/(?!index)[^/]+\.ts$/, ['step', 'aws', 'template', 'errors', 'text', 'field']),
  layer('step report', /^steps\/report\//, [
    'step parts',
    'step',
    'aws',
    'template',
    'outbox',
    'errors',
    'text',
    'field',
  ]),
  layer('step athena', /^steps\/athena\//, [
    'step parts',
    'step',
    'aws',
    'template',
    'outbox',
    'errors',
    'text',
    'field',
  ]),
  layer('step extractor', /^steps\/extractor\//, ['step parts', 'step', 'aws', 'template', 'errors', 'text', 'field']),
  // What the program's calls need of IAM, and what can be known to fail.
  layer('policy', /^policy\//, ['errors', 'text', 'template', 'step parts']),
  layer('doctor', /^doctor\//, [
    ...['aws', 'clock', 'errors', 'text', 'policy', 'template', 'step'],
    ...['step parts', 'step report', 'step athena', 'step extractor'],
  ]),
  // What is taken back, and in which order.
  layer('removal', /^removal\//, [
    'aws',
    'outbox',
    'state',
    'errors',
    'text',
    'step',
    'step parts',
    'step report',
    'step athena',
  ]),
  layer('steps', /^steps\/index\.ts$/, ['step', 'step report', 'step athena', 'step extractor']),
  layer('session', /^session\.ts$/, ['aws', 'clock', 'field', 'interrupt', 'outbox', 'state', 'terminal']),
  layer('wizard', /^wizard\//, [
    ...['aws', 'errors', 'text', 'field', 'state', 'step', 'terminal', 'views'],
    ...['session', 'questionnaire', 'recorder', 'outbox', 'interrupt'],
  ]),
  layer('commands', /^commands\//, [
    ...['aws', 'errors', 'text', 'field', 'interrupt', 'clock', 'outbox', 'state', 'template', 'terminal', 'views'],
    ...['step', 'steps', 'session', 'wizard', 'status', 'answers', 'questionnaire', 'recorder'],
    // The message can be written again, and a template reviewed, without a walk.
    ...['step report', 'step athena', 'step extractor', 'step parts', 'named file', 'policy', 'doctor', 'removal'],
  ]),
  layer('cli', /^(cli|command-line|flags)\.ts$/, ['commands', 'errors', 'text', 'session']),
  layer('simulator', /^simulator\//, []),
  // What a connection needs of a person once its session has ended.
  layer('session renewal', /^(session-renewal|mfa-code)\.ts$/, ['aws', 'errors', 'interrupt', 'terminal']),
  // How long calls that fail are waited for, and what is told of it.
  layer('patience', /^patience\.ts$/, ['aws', 'clock', 'terminal']),
  layer('rehearsal', /^rehears(al|ed-clock|ed-credentials)\.ts$/, [
    ...[
      'session renewal',
      'patience',
      'simulator',
      'aws',
      'clock',
      'interrupt',
      'outbox',
      'state',
      'terminal',
      'session',
    ],
    // By type: what a rehearsal is, its command says.
    'commands',
  ]),
  layer('real session', /^real-session\.ts$/, [
    ...[
      'session renewal',
      'patience',
      'aws',
      'clock',
      'errors',
      'interrupt',
      'outbox',
      'session',
      'state',
      'terminal',
      'text',
      // How times are worded.
      'views',
    ],
  ]),
  layer('main', /^main\.ts$/, [
    ...[
      'cli',
      'commands',
      'session',
      'rehearsal',
      'real session',
      'aws',
      'interrupt',
      'terminal',
      'views',
      'errors',
      'text',
    ],
  ]),
];

/** Packages with one home, by the files that may import them. */
const homes: readonly (readonly [name: string, imported: RegExp, home: RegExp])[] = [
  ['the AWS SDK', /^@(aws-sdk|smithy)\//, /^aws\//],
  ['proxies', /^(https-proxy-agent|proxy-from-env)$/, /^aws\//],
  // The simulator imports nothing of ours, so it reads templates for itself.
  ['yaml', /^yaml$/, /^(yaml\.ts|template\/short-tags\.ts|simulator\/services\/cloudformation\/template\/yaml\.ts)/],
  ['inquirer, ora and chalk', /^(inquirer|@inquirer\/.*|ora|chalk)$/, /^terminal\//],
  ['commander', /^commander$/, /^(cli|flags)\.ts$/],
  ['nodemailer', /^nodemailer/, /^mail-draft\.ts$/],
  ['open', /^open$/, /^terminal\/open-file\.ts$/],
  // The state asks whether the holder of a lock still lives, and names its temporary files by the process.
  ['node:process', /^(node:)?process$/, /^(main\.ts|state\/)/],
  ['node:fs', /^(node:)?fs(\/promises)?$/, /^(state\/|outbox\.ts|named-file\.ts)/],
  ['node:http', /^(node:)?http$/, /^simulator\/server\.ts$/],
  ['child processes', /^(node:)?child_process$/, /^$/],
];

const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly below: readonly string[];
}

function layer(name: string, files: RegExp, below: readonly string[]): Layer {
  return { name, files, below };
}

interface Import {
  readonly from: string;
  readonly to: string;
  /** For types alone: gone at run time. */
  readonly type: boolean;
}

/** Every import of a file, `import()` among them, by its specifier. */
const importsOf = (file: string): readonly Import[] => {
  const source = sources.get(file) ?? '';
  const statements = [
    ...source.matchAll(/^(import|export)\b(\s+type\b)?[^;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm),
  ];
  const dynamic = [...source.matchAll(/\bimport\('([^']+)'\)/g)];
  return [
    ...statements.map(([, , type, named, bare]) => ({ from: file, to: named ?? bare ?? '', type: type !== undefined })),
    ...dynamic.map(([, to = '']) => ({ from: file, to, type: false })),
  ];
};

const all = files.flatMap(importsOf);
const ours = all
  .filter(({ to }) => to.startsWith('.'))
  .map((each) => ({ ...each, to: relative(root, join(root, dirname(each.from), each.to)) }));

const layerOf = (file: string): Layer | undefined => layers.find((each) => each.files.test(file));
const isCode = (text: string) => !/^\s*(\/\/|\*|\/\*)/.test(text);
/** Lines of code in which something occurs, as "file: line". Comments and texts do not count. */
const linesWith = (pattern: RegExp): readonly string[] =>
  [...sources].flatMap(([file, source]) =>
    source
      .split('\n')
      .filter((line) => isCode(line) && pattern.test(line.replace(/'(?:[^'\\]|\\.)*'|`[^`]*`/g, "''")))
      .map((line) => `${file}: ${line.trim()}`),
  );

describe('who may import whom', () => {
  test('every file belongs to one layer, and every layer has a file', () => {
    for (const file of files) expect([file, layers.filter((each) => each.files.test(file)).length]).toEqual([file, 1]);
    for (const { name, files: own } of layers)
      expect([name, files.some((file) => own.test(file))]).toEqual([name, true]);
  });

  test.each(layers)('$name imports what lies below it only', ({ name, files: own, below }) => {
    const strays = ours
      .filter(({ from, to }) => own.test(from) && !own.test(to))
      .filter(({ to }) => !below.includes(layerOf(to)?.name ?? 'no layer'))
      .map(({ from, to }) => `${from} imports ${to} of ${layerOf(to)?.name}`);
    expect(strays, name).toEqual([]);
  });

  test('there are no cycles, types included', () => {
    const next = new Map(files.map((file) => [file, ours.filter(({ from }) => from === file).map(({ to }) => to)]));
    const clear = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (clear.has(file)) return;
      for (const each of next.get(file) ?? []) visit(each, [...path, file]);
      clear.add(file);
    };
    for (const file of files) visit(file, []);
    expect(clear.size).toBe(files.length);
  });

  test('the simulator is loaded by the rehearsal and its parts alone', () => {
    const importers = ours.filter(({ to, from }) => to.startsWith('simulator/') && !from.startsWith('simulator/'));
    expect([...new Set(importers.map(({ from }) => from))]).toEqual([
      'rehearsal.ts',
      'rehearsed-clock.ts',
      'rehearsed-credentials.ts',
    ]);
  });

  test('commands, clients and worlds are loaded when they are run', () => {
    const eager = ours.filter(
      ({ from, to, type }) => from === 'main.ts' && !type && /^(commands|steps|wizard|rehearsal|real-session)/.test(to),
    );
    const source = sources.get('main.ts') ?? '';
    expect(eager.filter(({ to }) => !source.includes(`import('./${to}')`)).map(({ to }) => to)).toEqual([]);
  });
});

describe('what has one home', () => {
  test.each(homes)('%s', (_, imported, home) => {
    const strays = all.filter(({ from, to }) => imported.test(to) && !home.test(from));
    expect(strays.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('no global process', () => {
    expect(linesWith(/\bprocess\.\w/).filter((line) => !line.startsWith('main.ts'))).toEqual([]);
  });

  test('no console', () => {
    expect(linesWith(/\bconsole\.\w/)).toEqual([]);
  });

  test('the wall clock is read by the clocks only, and handed to the state as a fact', () => {
    const readers = linesWith(/\bDate\.now\b|\bnew Date\(\)/).map((line) => line.split(':')[0] ?? '');
    expect([...new Set(readers)]).toEqual(['clock.ts', 'real-session.ts', 'simulator/clock.ts']);
  });

  test('timers belong to the clocks and to what shows progress', () => {
    const users = linesWith(/\bset(Timeout|Interval)\(/).map((line) => line.split(':')[0] ?? '');
    expect([...new Set(users)]).toEqual(['clock.ts', 'terminal/progress.ts']);
  });

  test('no any, and no check is turned off without a reason', () => {
    expect(linesWith(/\bas any\b|: any\b|@ts-(ignore|nocheck)/)).toEqual([]);
    const silenced = [...sources].filter(([, source]) => /biome-ignore [\w/]+(?!.*: \S)/.test(source));
    expect(silenced.map(([file]) => file)).toEqual([]);
  });
});

describe('files', () => {
  const lengths = [...sources].map(([file, source]) => ({ file, lines: source.trimEnd().split('\n').length }));

  test('are shorter than 250 lines', () => {
    expect(lengths.filter(({ lines }) => lines >= 250)).toEqual([]);
  });

  test('are mostly shorter than 120', () => {
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });

  test('and folders are named after what they hold', () => {
    const named = files.flatMap((file) => [...dirname(file).split('/'), basename(file, '.ts')]);
    expect(named.filter((name) => /^(utils?|helpers?|common|shared|types|managers?)$/.test(name))).toEqual([]);
    expect(named.filter((name) => !/^(\.|[a-z0-9]+(-[a-z0-9]+)*)$/.test(name))).toEqual([]);
  });
});
