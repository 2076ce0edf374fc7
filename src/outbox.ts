import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Problem } from './errors.ts';
import { customerName } from './state/customer-name.ts';
import { fileErrorCode } from './state/disk-trouble.ts';
import { foldersExist, makeFolders } from './state/folder.ts';
import { readWhole } from './state/read-whole.ts';
import { replaceFile } from './state/replace-file.ts';
import { printable, quoted } from './text.ts';

export interface Message {
  /** Absent: whoever sends it fills it in. */
  readonly to?: string | undefined;
  readonly subject: string;
  /** Plain text, lines ended by \n. */
  readonly text: string;
  readonly attachment: { readonly name: string; readonly content: Uint8Array };
}

/** A message as it lies in the outbox. */
export interface WrittenMessage {
  /** Absolute path of the draft that mail programs open. */
  readonly eml: string;
  /** Absolute path of the plain text. */
  readonly text: string;
  /** The very file that is attached: path, bytes and their SHA-256 in hex. */
  readonly attachment: { readonly path: string; readonly content: Uint8Array; readonly sha256: string };
  /** The plain text as written. */
  readonly body: string;
}

/** Messages that wait for a person to send them, one a customer. */
export interface Outbox {
  /** Undefined unless the message is there whole. @throws Problem (state) for links and for files over 1 MiB */
  find(customer: string): Promise<WrittenMessage | undefined>;
  /** Replaces the customer's message; writing the same twice is harmless. @throws Problem (usage) for a bad address or name */
  write(customer: string, message: Message): Promise<WrittenMessage>;
  /** Keeps a file beside the message, such as a copy of what is about to be replaced. @returns its path */
  keep(customer: string, name: string, text: string): Promise<string>;
}

const mostBytes = 1024 * 1024;

/** Keeps messages in `<home>/messages/<customer>/`: message.eml, message.txt and the attached file itself. */
export const outboxIn = (home: string): Outbox => {
  const messages = resolve(home, 'messages');
  const folderOf = (customer: string) => join(messages, customerName(customer));
  const foldersOf = (customer: string) => [resolve(home), messages, folderOf(customer)];

  return {
    async find(customer) {
      const folder = folderOf(customer);
      if (!(await foldersExist(foldersOf(customer)))) return undefined;
      const eml = await read(join(folder, 'message.eml'));
      const name = eml && attachedName(eml.toString('latin1'));
      if (name === undefined) return undefined;
      const text = await read(join(folder, 'message.txt'));
      const content = await read(join(folder, name));
      if (!text || !content) return undefined;
      return written(folder, name, content, text.toString('utf8'));
    },

    async write(customer, message) {
      const folder = folderOf(customer);
      const { name, content, body, eml } = await composed(message);
      await makeFolders(foldersOf(customer));
      const draft = join(folder, 'message.eml');
      const attached = join(folder, name);
      // A draft must never lie beside a file that is not its own: the old one goes before its file does.
      if (!(await read(attached))?.equals(content)) await remove(draft);
      await replaceFile(attached, content);
      await replaceFile(join(folder, 'message.txt'), body);
      await replaceFile(draft, eml);
      return written(folder, name, content, body);
    },

    async keep(customer, name, text) {
      const path = join(folderOf(customer), attachmentName(name));
      await makeFolders(foldersOf(customer));
      await replaceFile(path, text);
      return path;
    },
  };
};

/** The same, kept in memory for rehearsals; its paths name no files. */
export const memoryOutbox = (): Outbox => {
  const kept = new Map<string, WrittenMessage>();
  return {
    find: async (customer) => kept.get(customerName(customer)),
    async write(customer, message) {
      const { name, content, body } = await composed(message);
      const result: WrittenMessage = {
        eml: '(rehearsal) message.eml',
        text: '(rehearsal) message.txt',
        attachment: { path: `(rehearsal) ${name}`, content, sha256: sha256(content) },
        body,
      };
      kept.set(customerName(customer), result);
      return result;
    },
    keep: async (_customer, name) => `(rehearsal) ${attachmentName(name)}`,
  };
};

const composed = async (message: Message) => {
  const name = attachmentName(message.attachment.name);
  const content = Buffer.from(message.attachment.content);
  const body = message.text.split(/\r?\n/).map(printable).join('\n');
  const eml = await draft(message, body, content);
  if (eml.length > mostBytes) {
    throw new Problem(
      `The message with ${quoted(name)} would be larger than 1 MiB.`,
      ['Attach a smaller file; the crawler file of a report has about 9 KB.'],
      'state',
    );
  }
  return { name, content, body, eml };
};

const draft = async ({ to, subject, attachment }: Message, body: string, content: Buffer): Promise<Buffer> => {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    ...(to === undefined ? {} : { to: recipients(to) }),
    subject: printable(subject),
    text: body,
    // Mail programs open the file as a draft that is still to be sent.
    headers: { 'X-Unsent': '1' },
    attachments: [
      {
        filename: attachment.name,
        content,
        contentType: 'application/x-yaml',
        // Any other encoding may touch line ends, and the bytes have to be the ones that are deployed.
        contentTransferEncoding: 'base64',
      },
    ],
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};

/** Refuses rather than mends: an address that a line break was smuggled into may end up as somebody else's. */
const recipients = (to: string): string => {
  if (printable(to) === to) return to;
  throw new Problem(
    `${quoted(to)} can't be written to: it holds line breaks or other invisible characters.`,
    ['Give one address with --contact, such as --contact rep@example.com.'],
    'usage',
  );
};

const attachmentName = (name: string): string => {
  if (/^[\w-][\w.-]{0,99}$/.test(name) && !/^message\.(eml|txt)$/i.test(name)) return name;
  throw new Problem(
    `${quoted(name)} can't be the name of an attached file.`,
    ['Use letters, digits, dots and hyphens, without folders: crawler-cfn.yml.'],
    'usage',
  );
};

/** The attachment is the last part, so the last such line is its header, whatever the text above it says. */
const attachedName = (eml: string): string | undefined => {
  const headers = [...eml.matchAll(/^Content-Disposition: attachment;\s+filename="?([\w-][\w.-]{0,99})"?\r?$/gim)];
  return headers.at(-1)?.[1];
};

const written = (folder: string, name: string, content: Uint8Array, body: string): WrittenMessage => ({
  eml: join(folder, 'message.eml'),
  text: join(folder, 'message.txt'),
  attachment: { path: join(folder, name), content, sha256: sha256(content) },
  body,
});

const read = (path: string): Promise<Buffer | undefined> =>
  readWhole(path, {
    most: mostBytes,
    advice: ['Move it away and run the same command again: the message is written anew.'],
  });

const remove = async (path: string): Promise<void> => {
  try {
    await unlink(path);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  }
};

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
