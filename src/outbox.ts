import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { attachmentName, type Composed, compose, type Message, mostDraftBytes } from './mail-draft.ts';
import { sweepBeside } from './state/beside.ts';
import { customerName } from './state/customer-name.ts';
import { fileErrorCode, onDisk } from './state/disk-trouble.ts';
import { foldersExist, makeFolders } from './state/folder.ts';
import { readWhole } from './state/read-whole.ts';
import { replaceFile } from './state/replace-file.ts';

export type { Message } from './mail-draft.ts';

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
  /** The bytes of the draft. */
  readonly draft: Uint8Array;
}

/** A file kept beside the message. */
export interface KeptFile {
  readonly path: string;
  readonly text: string;
}

/** Messages that wait for a person to send them, one a customer. */
export interface Outbox {
  /** Undefined unless the message is there whole. @throws Problem (state) for links and for files over 1 MiB */
  find(customer: string): Promise<WrittenMessage | undefined>;
  /** Replaces the customer's message; writing the same twice is harmless. @throws Problem (usage) for a bad address or name */
  write(customer: string, message: Message): Promise<WrittenMessage>;
  /** Writes a reminder beside the message, with its file attached again; the message itself is left as it is. */
  remind(customer: string, reminder: Message): Promise<WrittenMessage>;
  /** Keeps a file beside the message, such as a copy of what is about to be replaced. @returns its path */
  keep(customer: string, name: string, text: string): Promise<string>;
  /** A file that was kept, and where. @throws Problem (state) for links and for files over 1 MiB */
  findKept(customer: string, name: string): Promise<KeptFile | undefined>;
}

/** Keeps messages in `<home>/messages/<customer>/`: message.eml, message.txt and the attached file itself; reminder.eml and .txt. */
export const outboxIn = (home: string): Outbox => {
  const messages = resolve(home, 'messages');
  const folderOf = (customer: string) => join(messages, customerName(customer));
  const foldersOf = (customer: string) => [resolve(home), messages, folderOf(customer)];
  const makeRoom = async (customer: string) => {
    await makeFolders(foldersOf(customer));
    await sweepBeside(folderOf(customer), '');
  };

  return {
    async find(customer) {
      const folder = folderOf(customer);
      if (!(await foldersExist(foldersOf(customer)))) return undefined;
      const eml = await read(join(folder, 'message.eml'));
      const name = eml && attachedName(eml.toString('latin1'));
      if (!eml || name === undefined) return undefined;
      const text = await read(join(folder, 'message.txt'));
      const content = await read(join(folder, name));
      if (!text || !content) return undefined;
      return written(join(folder, 'message'), join(folder, name), { content, body: text.toString('utf8'), eml });
    },

    async write(customer, message) {
      const folder = folderOf(customer);
      const composed = await compose(message);
      await makeRoom(customer);
      const draft = join(folder, 'message.eml');
      const attached = join(folder, composed.name);
      // A draft must never lie beside a file that is not its own: the old one goes before its file does.
      if (!(await read(attached))?.equals(composed.content)) {
        await remove(draft);
        for (const name of ['reminder.eml', 'reminder.txt']) await remove(join(folder, name));
      }
      await replaceFile(attached, composed.content);
      await replaceFile(join(folder, 'message.txt'), composed.body);
      await replaceFile(draft, composed.eml);
      return written(join(folder, 'message'), attached, composed);
    },

    async remind(customer, reminder) {
      const folder = folderOf(customer);
      const composed = await compose(reminder);
      await makeRoom(customer);
      await replaceFile(join(folder, 'reminder.txt'), composed.body);
      await replaceFile(join(folder, 'reminder.eml'), composed.eml);
      return written(join(folder, 'reminder'), join(folder, composed.name), composed);
    },

    async keep(customer, name, text) {
      const path = join(folderOf(customer), attachmentName(name));
      await makeRoom(customer);
      await replaceFile(path, text);
      return path;
    },

    async findKept(customer, name) {
      const path = join(folderOf(customer), attachmentName(name));
      if (!(await foldersExist(foldersOf(customer)))) return undefined;
      const bytes = await readWhole(path, { most: mostDraftBytes, advice: ['Look at it, and move it away.'] });
      return bytes && { path, text: bytes.toString('utf8') };
    },
  };
};

/** The same, kept in memory for rehearsals; its paths name no files. `kept` is the disk, of messages. */
export const memoryOutbox = (kept = new Map<string, WrittenMessage>()): Outbox => {
  const files = new Map<string, KeptFile>();
  const inMemory = async (kind: string, message: Message) => {
    const composed = await compose(message);
    return written(`(rehearsal) ${kind}`, `(rehearsal) ${composed.name}`, composed);
  };
  return {
    find: async (customer) => kept.get(customerName(customer)),
    async write(customer, message) {
      const result = await inMemory('message', message);
      kept.set(customerName(customer), result);
      return result;
    },
    remind: (_customer, reminder) => inMemory('reminder', reminder),
    async keep(customer, name, text) {
      const path = `(rehearsal) ${attachmentName(name)}`;
      files.set(`${customerName(customer)}/${name}`, { path, text });
      return path;
    },
    findKept: async (customer, name) => files.get(`${customerName(customer)}/${name}`),
  };
};

/** The attachment is the last part, so the last such line is its header, whatever the text above it says. */
const attachedName = (eml: string): string | undefined => {
  const headers = [...eml.matchAll(/^Content-Disposition: attachment;\s+filename="?([\w-][\w.-]{0,99})"?\r?$/gim)];
  return headers.at(-1)?.[1];
};

const written = (
  path: string,
  attached: string,
  { content, body, eml }: Pick<Composed, 'content' | 'body' | 'eml'>,
): WrittenMessage => ({
  eml: `${path}.eml`,
  text: `${path}.txt`,
  attachment: { path: attached, content, sha256: sha256(content) },
  body,
  draft: eml,
});

const read = (path: string): Promise<Buffer | undefined> =>
  readWhole(path, {
    most: mostDraftBytes,
    advice: ['Move it away and run the same command again: the message is written anew.'],
  });

const remove = (path: string): Promise<void> =>
  onDisk(path, () =>
    unlink(path).catch((error) => {
      if (fileErrorCode(error) !== 'ENOENT') throw error;
    }),
  );

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
