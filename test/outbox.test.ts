import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Message, memoryOutbox, outboxIn } from '../src/outbox.ts';
import { problemOf } from './state/acme.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) process.stderr.write('python3 is missing: the messages are not parsed by its email module.\n');

const message: Message = {
  to: 'rep@example.com',
  subject: 'Spot: crawler for Müller & Söhne',
  text: 'Hello,\n\nthe crawler file is attached.\n.\nFrom here on: Grüße\nContent-Disposition: attachment; filename=evil.yml\n',
  // Line ends of every kind, a NUL, bytes that are no UTF-8 and no line end at the end.
  attachment: { name: 'crawler-cfn.yml', content: Buffer.from('a: 1\r\nb: 2\nc:\r\t\0\xff\xfe.\n.\nFrom x', 'latin1') },
};

const scene = async () => {
  const home = join(await temporaryFolder(), 'home');
  return { home, folder: join(home, 'messages', 'acme'), outbox: outboxIn(home) };
};

/** What a mail program that nobody here wrote sees in a message. */
const parse = (eml: string) => {
  const script = `
import email, email.policy, hashlib, json, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
[a] = list(m.iter_attachments())
print(json.dumps({
  'headers': sorted(k.lower() for k in m.keys()), 'to': m['to'], 'subject': m['subject'], 'unsent': m['x-unsent'],
  'text': m.get_body().get_content(), 'name': a.get_filename(), 'type': a.get_content_type(),
  'encoding': a['content-transfer-encoding'], 'sha256': hashlib.sha256(a.get_payload(decode=True)).hexdigest() }))`;
  const result = spawnSync('python3', ['-c', script, eml], { encoding: 'utf8' });
  expect(result.stderr).toBe('');
  return JSON.parse(result.stdout);
};

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('nothing is there before the first message, and looking creates nothing', async () => {
  const { home, outbox } = await scene();
  expect(await outbox.find('acme')).toBeUndefined();
  await expect(stat(home)).rejects.toThrow(/ENOENT/);
});

test('a message is found again as it was written', async () => {
  const { folder, outbox } = await scene();
  const written = await outbox.write('acme', message);
  expect(await outbox.find('acme')).toEqual(written);
  expect(await outbox.find('globex')).toBeUndefined();
  expect(written).toEqual({
    eml: join(folder, 'message.eml'),
    text: join(folder, 'message.txt'),
    attachment: {
      path: join(folder, 'crawler-cfn.yml'),
      content: message.attachment.content,
      sha256: sha256(message.attachment.content),
    },
    body: message.text,
    draft: await readFile(join(folder, 'message.eml')),
  });
  expect(await readFile(written.attachment.path)).toEqual(message.attachment.content);
  expect(await readFile(written.text, 'utf8')).toBe(message.text);
});

test('only the owner can read it, and no stump is left', async () => {
  const { home, folder, outbox } = await scene();
  await outbox.write('acme', message);
  await outbox.write('acme', message);
  expect(await readdir(folder)).toEqual(['crawler-cfn.yml', 'message.eml', 'message.txt']);
  for (const path of [home, join(home, 'messages'), folder]) expect((await stat(path)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test.skipIf(!python)("another mail program reads a draft with the attachment's very bytes", async () => {
  const { outbox } = await scene();
  const { eml } = await outbox.write('acme', message);
  expect(parse(eml)).toEqual({
    headers: ['content-type', 'date', 'message-id', 'mime-version', 'subject', 'to', 'x-unsent'],
    to: message.to,
    subject: message.subject,
    unsent: '1',
    text: message.text,
    name: 'crawler-cfn.yml',
    type: 'application/x-yaml',
    encoding: 'base64',
    sha256: sha256(message.attachment.content),
  });
});

test.skipIf(!python).each([0, 1, 56, 57, 58, 9_000, 300_000])('%i bytes arrive as they are', async (length) => {
  const { outbox } = await scene();
  const content = Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff));
  const { eml } = await outbox.write('acme', { ...message, attachment: { name: 'crawler-cfn.yml', content } });
  expect(parse(eml).sha256).toBe(sha256(content));
});

test.skipIf(!python)('without a contact there is no To, and a subject can not add headers', async () => {
  const { outbox } = await scene();
  const { attachment, text } = message;
  const subject = 'Crawler\r\nBcc: thief@example.com\r\n\r\nbody\u0000\u2028\u001b[31m';
  const parsed = parse((await outbox.write('acme', { subject, text, attachment })).eml);
  expect(parsed.headers).toEqual(['content-type', 'date', 'message-id', 'mime-version', 'subject', 'x-unsent']);
  expect(parsed.subject).toBe('Crawler Bcc: thief@example.com body');
  expect(parsed.text).toBe(text);
});

test.each([
  ...['a@b.example\r\nBcc: thief@example.com', 'a@b.example\nX: y', 'a@b.example\0', 'a@b.example\u2028'],
  ...['a@b.example, thief@example.com', 'a <thief@example.com>', 'a@b.example;c@d.example', 'jörg@b.example', ''],
])('what is not one plain address is refused: %j', async (to) => {
  const { home, outbox } = await scene();
  expect((await problemOf(() => outbox.write('acme', { ...message, to }))).code).toBe('usage');
  expect((await problemOf(() => memoryOutbox().write('acme', { ...message, to }))).code).toBe('usage');
  await expect(stat(home)).rejects.toThrow(/ENOENT/);
});

test.each([
  '',
  '.',
  '..',
  '../x.yml',
  'a/b.yml',
  'a\\b.yml',
  '.hidden',
  'message.eml',
  'MESSAGE.TXT',
  'reminder.eml',
  'Reminder.txt',
  'a\r\nb',
  'a b',
])('a file can not be named %j', async (name) => {
  const { outbox } = await scene();
  const attachment = { ...message.attachment, name };
  expect((await problemOf(() => outbox.write('acme', { ...message, attachment }))).code).toBe('usage');
});

test('a customer can not name another folder', async () => {
  const { outbox } = await scene();
  for (const work of [() => outbox.find('../x'), () => outbox.write('../x', message)])
    expect((await problemOf(work)).code).toBe('usage');
});

test.each(['message.eml', 'message.txt', 'crawler-cfn.yml'])('without its %s it is no message', async (name) => {
  const { folder, outbox } = await scene();
  await outbox.write('acme', message);
  await rm(join(folder, name));
  expect(await outbox.find('acme')).toBeUndefined();
});

test('a draft never lies beside a newer file than its own', async () => {
  const { folder, outbox } = await scene();
  await outbox.write('acme', message);
  // The text can't be replaced, so the writing stops after the file was.
  await rm(join(folder, 'message.txt'));
  await mkdir(join(folder, 'message.txt'));
  const attachment = { name: 'crawler-cfn.yml', content: Buffer.from('new') };
  expect((await problemOf(() => outbox.write('acme', { ...message, attachment }))).code).toBe('state');
  expect(await readdir(folder)).toEqual(['crawler-cfn.yml', 'message.txt']);
  expect(await outbox.find('acme')).toBeUndefined();
});

test.each(['message.eml', 'message.txt', 'crawler-cfn.yml'])('a link or a giant as %s is refused', async (name) => {
  const { folder, outbox } = await scene();
  await outbox.write('acme', message);
  await truncate(join(folder, name), 1024 * 1024 + 1);
  expect((await problemOf(() => outbox.find('acme'))).message).toMatch(/larger than 1 MiB/);
  await rm(join(folder, name));
  await symlink('/etc/hostname', join(folder, name));
  expect((await problemOf(() => outbox.find('acme'))).message).toMatch(/symbolic link/);
});

test('a message over 1 MiB is not written, since it would not be read', async () => {
  const { outbox } = await scene();
  const attachment = { name: 'crawler-cfn.yml', content: Buffer.alloc(1024 * 1024) };
  expect((await problemOf(() => outbox.write('acme', { ...message, attachment }))).code).toBe('state');
});

test('a folder that others can write to is refused', async () => {
  const { folder, outbox } = await scene();
  await outbox.write('acme', message);
  await chmod(folder, 0o777);
  expect((await problemOf(() => outbox.find('acme'))).advice).toEqual([`Run: chmod 700 ${folder}`]);
});

test('a reminder lies beside the message, which stays as it is', async () => {
  const { folder, outbox } = await scene();
  const written = await outbox.write('acme', message);
  const reminder = await outbox.remind('acme', { ...message, subject: 'Reminder', text: 'Hello again,\n' });
  expect(reminder).toMatchObject({
    eml: join(folder, 'reminder.eml'),
    text: join(folder, 'reminder.txt'),
    attachment: written.attachment,
    body: 'Hello again,\n',
  });
  expect(await readFile(reminder.eml)).toEqual(reminder.draft);
  expect(await outbox.find('acme')).toEqual(written);
  const names = ['crawler-cfn.yml', 'message.eml', 'message.txt', 'reminder.eml', 'reminder.txt'];
  expect(await readdir(folder)).toEqual(names);
  for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('a reminder with an older file goes when the file does', async () => {
  const { folder, outbox } = await scene();
  await outbox.write('acme', message);
  await outbox.remind('acme', message);
  await outbox.write('acme', { ...message, attachment: { name: 'crawler-cfn.yml', content: Buffer.from('new') } });
  expect(await readdir(folder)).toEqual(['crawler-cfn.yml', 'message.eml', 'message.txt']);
});

test.skipIf(!python)('long lines and long lists of facts arrive as they are', async () => {
  const { outbox } = await scene();
  const text = `${'x'.repeat(3_000)}\n${'é '.repeat(800)}\n  ${'60012345, '.repeat(200)}\n`;
  const { eml, draft } = await outbox.write('acme', { ...message, text });
  expect(parse(eml).text).toBe(text);
  // RFC 5322: a line has at most 998 characters.
  const lines = Buffer.from(draft).toString('latin1').split('\r\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(999);
});

test('a rehearsal keeps its messages in memory', async () => {
  const outbox = memoryOutbox();
  expect(await outbox.find('acme')).toBeUndefined();
  const written = await outbox.write('acme', message);
  expect(await outbox.find('acme')).toBe(written);
  expect(written.eml).toBe('(rehearsal) message.eml');
  expect(written.attachment.sha256).toBe(sha256(message.attachment.content));
});
