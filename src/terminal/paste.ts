import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { printable } from '../text.ts';
import type { InputStream } from './streams.ts';

// Nobody types as many characters at once; shorter chunks may be keys.
const shortestPaste = 32;

/**
 * The same input, in which pasted text is one key press rather than thousands: node:readline takes pasted text in one
 * piece, where inquirer would draw a link of 16 KiB anew for each of its characters, which takes seconds.
 */
export const pasting = (stdin: InputStream): { readonly input: NodeJS.ReadableStream; release(): void } => {
  const decoder = new StringDecoder('utf8');
  const input = Object.assign(new Readable({ encoding: 'utf8', read: () => undefined }), {
    isTTY: true,
    setRawMode: (on: boolean) => stdin.setRawMode?.(on),
  });
  const forward = (chunk: Buffer | string) => {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    const [, pasted = '', enter = ''] = /^(.*?)([\r\n]*)$/s.exec(text) ?? [];
    if (pasted.length < shortestPaste || printable(pasted) !== pasted) input.push(text);
    else {
      input.emit('keypress', pasted, { sequence: pasted, ctrl: false, meta: false, shift: false });
      if (enter !== '') input.push(enter);
    }
  };
  stdin.on('data', forward);
  stdin.resume();
  return {
    input,
    release() {
      stdin.removeListener('data', forward);
      stdin.pause();
      input.destroy();
    },
  };
};
