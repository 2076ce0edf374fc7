import { type CST, type Document, Lexer, Parser, parseDocument, type Tags, visit } from 'yaml';

// Far more than any honest template or answers file has, and little enough to be read in a moment.
const mostDepth = 100;
const mostTokens = 400_000;
const mostKeys = 2_000;

/**
 * Reads YAML of which every scalar stays text. What its author may have made to exhaust whoever reads it is refused before: the
 * reader recurses, at some depth into a crash that nothing catches, and compares each key of a map with all others.
 * @throws Error whose message says, as a clause, why it can't be read
 */
export const readYaml = (text: string, customTags: Tags = []): Document => {
  const excess = excessIn(text);
  if (excess) throw new Error(excess);
  const document = parseDocument(text, { schema: 'failsafe', customTags, logLevel: 'error' });
  const [flaw] = document.errors;
  if (flaw) throw new Error(flaw.message.split('\n')[0]);
  return document;
};

/** What a document says, with aliases put in as far as they are no bomb. @throws Error */
export const plainYaml = (document: Document): unknown => document.toJS({ maxAliasCount: 100 });

/** The scalars that stand without quotes, as they are written: what another reader takes for a number. */
export const plainScalars = (document: Document): readonly string[] => {
  const found: string[] = [];
  visit(document, {
    Scalar(_, { type, source }) {
      if (type === 'PLAIN' && source !== undefined) found.push(source);
    },
  });
  return found;
};

/** The same reader's first half, which goes through the text once without recursing. */
const excessIn = (text: string): string | undefined => {
  const parser = new Parser();
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    tokens += 1;
    if (tokens > mostTokens) return `it consists of more than ${mostTokens} parts`;
    // All that is open: the document, the collections in each other, and a scalar.
    if (parser.stack.length > mostDepth + 2) return `it is nested more than ${mostDepth} levels deep`;
    if (keysIn(parser.stack.at(-1)) > mostKeys) return `one of its maps has more than ${mostKeys} keys`;
  }
  return undefined;
};

const keysIn = (open: CST.Token | undefined): number => {
  if (open?.type === 'block-map') return open.items.length;
  return open?.type === 'flow-collection' && open.start.source === '{' ? open.items.length : 0;
};
