import { literal, type Text, textsOf, type Value } from './value.ts';

/** One action of a statement; without a pattern it can't be read. */
export interface Action {
  readonly text: Text;
  readonly pattern: string | undefined;
}

/** Whom a policy lets in: an AWS principal, a service, a federation provider, a canonical user. */
export interface Principal {
  readonly kind: 'aws' | 'service' | 'federated' | 'canonicaluser' | 'odd';
  readonly text: Text;
}

const kinds = ['aws', 'service', 'federated', 'canonicaluser'] as const;

/** `Principal` in any of its forms: "*", or names by kind. */
export const principalsFrom = (value: Value): readonly Principal[] => {
  if (value.kind === 'either') return value.options.flatMap(principalsFrom);
  if (value.kind === 'list') return value.items.flatMap(principalsFrom);
  if (value.kind === 'text') return [{ kind: literal(value.text) === '*' ? 'aws' : 'odd', text: value.text }];
  if (value.kind !== 'map') return [];
  return value.entries.flatMap(([key, names]) => {
    const kind = kinds.find((each) => each === key.toLowerCase()) ?? 'odd';
    return textsOf(names).map((text) => ({ kind, text }));
  });
};
