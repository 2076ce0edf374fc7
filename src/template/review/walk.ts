import { jsonInText } from './policy-text.ts';
import { optionsOf, type Value } from './value.ts';

/** Visits everything inside a value, whatever branch it is in; the path is its keys, list places left out. */
export const walk = (
  value: Value,
  see: (value: Value, path: readonly string[]) => void,
  path: readonly string[] = [],
): void => {
  for (const option of optionsOf(value)) {
    see(option, path);
    if (option.kind === 'list') for (const item of option.items) walk(item, see, path);
    if (option.kind === 'map') for (const [key, inner] of option.entries) walk(inner, see, [...path, key]);
  }
};

/** A path for people: `Code.S3Bucket`. */
export const placeOf = (path: readonly string[]): string => path.join('.') || 'Properties';

/** The same, and into what texts spell out in JSON. */
export const walkThrough = (
  value: Value,
  see: (value: Value, path: readonly string[]) => void,
  from: readonly string[] = [],
): void =>
  walk(
    value,
    (each, path) => {
      see(each, path);
      const inner = each.kind === 'text' ? jsonInText(each.text) : undefined;
      if (inner) walkThrough(inner, see, path);
    },
    from,
  );
