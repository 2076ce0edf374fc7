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

/** Writes to a stream; once its reader has gone, writes are ignored. Any other trouble (a full disk) is thrown as ever. */
export const writeTo = (stream: OutputStream): ((content: string | Uint8Array) => void) => {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!goneCodes.has(error.code ?? '')) throw error;
    gone = true;
  });
  return (content) => {
    if (!gone) stream.write(content);
  };
};
