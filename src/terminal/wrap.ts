// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const colours = /\u001b\[[0-9;]*m/g;
// Blanks, then one bullet or mark, coloured or not, with blanks behind it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const leadAndRest = /^( *(?:(?:\u001b\[[0-9;]*m)*[-*•✔✖…→!·?](?:\u001b\[[0-9;]*m)* +)?)(.*)$/s;
const noBreakSpace = '\u00a0';

const width = (text: string): number => [...text.replace(colours, '')].length;

/** Text that `wrapped` leaves in one piece, such as a command to type. */
export const unbroken = (text: string): string => text.replaceAll(' ', noBreakSpace);

/** The same text with the command that it ends in, if any, in one piece. */
export const commandWhole = (text: string): string =>
  text.replace(/(?<=^|: )(spot-cur|aws|mv|rm|chmod|kill) [^\n]*$/, unbroken);

/**
 * Prose in lines of at most `columns`, each after `indent` blanks. Breaks at blanks only, so a long link stays whole and
 * stands out; line breaks stay, and what follows in a line that begins with blanks, a bullet or a mark is aligned under its text.
 */
export const wrapped = (text: string, columns: number, indent = 0): string =>
  text
    .split('\n')
    .map((line) => wrappedLine(line, columns, ' '.repeat(indent)))
    .join('\n')
    .replaceAll(noBreakSpace, ' ');

const wrappedLine = (line: string, columns: number, indent: string): string => {
  const [, lead = '', rest = ''] = leadAndRest.exec(line) ?? [];
  if (rest === '') return line.trim() === '' ? '' : indent + line;
  const hanging = indent + ' '.repeat(width(lead));
  const lines: string[] = [];
  let current = '';
  for (const gapAndWord of rest.match(/ *[^ ]+/g) ?? []) {
    if (current !== '' && hanging.length + width(current) + width(gapAndWord) > columns) {
      lines.push(current);
      current = gapAndWord.trimStart();
    } else current += gapAndWord;
  }
  lines.push(current);
  return lines.map((each, index) => (index === 0 ? indent + lead : hanging) + each).join('\n');
};
