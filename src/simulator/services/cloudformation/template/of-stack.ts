import type { Stack } from '../../../world.ts';
import type { Template } from './model.ts';
import { readTemplate } from './read.ts';

const empty: Template = {
  transforms: [],
  ruled: false,
  parameters: {},
  mappings: {},
  conditions: {},
  resources: {},
  outputs: {},
};

/** Reading takes ms, and each event of each resource asks for it: what was read is kept beside the world, not in it. */
const read = new WeakMap<Stack, { readonly text: string; readonly template: Template }>();

/** A stack's template; one without anything in it while the stack waits for a change set. */
export const templateOf = (stack: Stack): Template => {
  const text = stack.template;
  if (text === '') return empty;
  const known = read.get(stack);
  if (known?.text === text) return known.template;
  const template = readTemplate(text);
  read.set(stack, { text, template });
  return template;
};
