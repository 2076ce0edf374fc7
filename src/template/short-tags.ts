import type { CollectionTag, ScalarTag } from 'yaml';

/** CloudFormation has some thirty; inline code may hold words that look like one. Each is a burden on every value. */
const mostTags = 200;

/**
 * A reader for every short tag that a template names, for scalars, lists and maps: `!Sub x` becomes `{ "Fn::Sub": "x" }`. A
 * function that nobody knows is seen as one.
 * @throws Error with the reason, when there are too many to be read in time
 */
export const shortTagsIn = (text: string): (ScalarTag | CollectionTag)[] => {
  const names = new Set([...text.matchAll(/(?<![\w!])!([A-Za-z]\w*)(?=[\s,\]}]|$)/g)].map(([, name = '']) => name));
  if (names.size > mostTags) throw new Error(`it names more than ${mostTags} functions, which no honest template does`);
  return [...names].flatMap((name) => {
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const wrap = (value: unknown) => ({
      [key]: name === 'GetAtt' && typeof value === 'string' ? dotted(value) : value,
    });
    const scalar: ScalarTag = { tag: `!${name}`, resolve: (value) => wrap(value) };
    const collection = (kind: 'seq' | 'map'): CollectionTag => ({
      tag: `!${name}`,
      collection: kind,
      resolve(node) {
        const inner = node.toJSON.bind(node);
        node.toJSON = (unused: unknown, context: never) => wrap(inner(unused, context)) as never;
        return node;
      },
    });
    return [scalar, collection('seq'), collection('map')];
  });
};

const dotted = (text: string): string[] => {
  const at = text.indexOf('.');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
