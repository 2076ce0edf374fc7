import { printable } from '../text.ts';

// The codes that style.ts makes, and reset. Others (concealed, blinking) are none of ours.
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const ownColours = /(\u001b\[(?:[0-4]|2[2-4]|[34][0-79])m)/;

/** Text that can't steer a terminal: of all control characters, line breaks stay, and our own colour codes if `coloured`. */
export const choked = (text: string, coloured: boolean): string =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line
        .split(ownColours)
        .map((part, index) => (index % 2 === 0 ? printable(part) : coloured ? part : ''))
        .join(''),
    )
    .join('\n');
