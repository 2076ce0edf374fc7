import { ServiceError } from '../../../service.ts';
import { kindOf } from '../resources/kinds.ts';
import { checkReferences } from './dependencies.ts';
import { formatError } from './format-error.ts';
import type { Template } from './model.ts';
import { readTemplate } from './read.ts';
import { isRecognized } from './resource-types.ts';
import { isNotSimulated } from './transforms.ts';

/**
 * Reads a template and checks all that doesn't depend on parameters.
 * @throws ServiceError ValidationError, in AWS's words.
 */
export const checkedTemplate = (text: string): Template => {
  const template = readTemplate(text);
  const unknown = typesOf(template).filter((type) => !isRecognized(type));
  if (unknown.length > 0) throw formatError(`Unrecognized resource types: [${unknown.join(', ')}]`);
  checkReferences(template);
  return template;
};

/** @throws ServiceError ValidationError for what AWS could deploy and the simulator can't: loud, and in its own words. */
export const refuseNotSimulated = (template: Template): void => {
  const foreign = [...typesOf(template).filter((type) => !kindOf(type)), ...template.transforms.filter(isNotSimulated)];
  if (template.ruled) foreign.push('Rules');
  if (foreign.length === 0) return;
  throw new ServiceError('ValidationError', `Not simulated: [${foreign.join(', ')}]`);
};

const typesOf = (template: Template): readonly string[] => [
  ...new Set(Object.values(template.resources).map(({ type }) => type)),
];
