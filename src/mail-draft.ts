import { Problem } from './errors.ts';
import { printable, quoted } from './text.ts';

export interface Message {
  /** One address. Absent: whoever sends it fills it in. */
  readonly to?: string | undefined;
  readonly subject: string;
  /** Plain text, lines ended by \n. */
  readonly text: string;
  readonly attachment: { readonly name: string; readonly content: Uint8Array };
}

/** A message as its parts are written: what could steer a terminal or smuggle in headers is gone. */
export interface Composed {
  readonly name: string;
  readonly content: Buffer;
  readonly body: string;
  /** The draft by RFC 5322, its lines ended by \r\n. */
  readonly eml: Buffer;
}

/** The most that a draft may have: the crawler file of a report has about 9 KB. */
export const mostDraftBytes = 1024 * 1024;

/** Puts a draft together for a mail program to open. @throws Problem (usage) for a bad address or file name, (state) beyond 1 MiB */
export const compose = async (message: Message): Promise<Composed> => {
  const name = attachmentName(message.attachment.name);
  const content = Buffer.from(message.attachment.content);
  const body = message.text.split(/\r?\n/).map(printable).join('\n');
  const eml = await draft(message, body, content);
  if (eml.length > mostDraftBytes) {
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
    // As an object, an address is never taken for a list of several.
    ...(to === undefined ? {} : { to: { name: '', address: recipient(to) } }),
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

/** Refuses rather than mends: an address that a line break or a comma was smuggled into may end up as somebody else's. */
const recipient = (to: string): string => {
  if (to.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d](?:[A-Za-z\d.-]*[A-Za-z\d])?$/.test(to)) return to;
  throw new Problem(
    `${quoted(to)} can't be written to: it is not one e-mail address in plain letters.`,
    ['Give one address with --contact, such as --contact rep@example.com.'],
    'usage',
  );
};

/** The name of a file that may lie beside drafts. @throws Problem (usage) for folders, hidden files and the drafts' own names */
export const attachmentName = (name: string): string => {
  if (/^[\w-][\w.-]{0,99}$/.test(name) && !/^(message|reminder)\.(eml|txt)$/i.test(name)) return name;
  throw new Problem(
    `${quoted(name)} can't be the name of an attached file.`,
    ['Use letters, digits, dots and hyphens, without folders: crawler-cfn.yml.'],
    'usage',
  );
};
