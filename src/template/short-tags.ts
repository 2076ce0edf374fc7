import type { CollectionTag, ScalarTag } from 'yaml';

/** CloudFormation knows about twenty. */
const mostTags = 200;

/**
 * A reader for every short tag that a template names, for scalars, lists and maps: `!Sub x` becomes `{ "Fn::Sub": "x" }`. A
 * function that nobody knows is seen as one.
 * @throws Error beyond 200 different ones, each of which would be looked for at each value
 */
export const shortTagsIn = (text: string): (ScalarTag | CollectionTag)[] => {
  const names = new Set([...text.matchAll(/!([A-Za-z]\w*)/g)].map(([, name = '']) => name));
  if (names.size > mostTags) throw new Error(`it has more than ${mostTags} different tags`);
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
