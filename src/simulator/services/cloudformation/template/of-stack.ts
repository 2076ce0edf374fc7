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

/** A stack's template; one without anything in it while the stack waits for a change set. */
export const templateOf = ({ template }: Stack): Template => (template === '' ? empty : readTemplate(template));
