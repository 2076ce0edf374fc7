import { Problem } from '../errors.ts';

/** The streams of a process, as far as a terminal needs them. */
export interface Streams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

export type InputStream = NodeJS.ReadableStream & { setRawMode?(on: boolean): unknown };
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Takes text until the reader has gone. */
export type Write = (text: string) => void;

// The reader has gone (`| head`), or the terminal itself: nobody is left to tell.
const goneCodes = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/** Writes to a stream; once its reader has gone, writes are ignored. Any other trouble, such as a full disk, is thrown as a Problem. */
export const writeTo = (stream: OutputStream): ((content: string | Uint8Array) => void) => {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (goneCodes.has(error.code ?? '')) return;
    throw new Problem(`Not all that was to be printed could be written: ${error.code ?? error.message}.`, [
      'Send it elsewhere, or make room. What has been done is saved all the same: spot-cur status',
    ]);
  });
  return (content) => {
    if (!gone) stream.write(content);
  };
};
