import { members, structures } from '../../query.ts';
import type { Context } from '../../service.ts';
import { checkCapabilities } from './template/capabilities.ts';
import { checkedTemplate, refuseNotSimulated } from './template/check.ts';
import type { Template } from './template/model.ts';
import { parameterValues } from './template/parameter-values.ts';
import { templateText } from './template-source.ts';
import { invalid, type Parameters } from './wire.ts';

/** All that a stack is made from, checked as AWS checks it before anything begins. */
export interface Prepared {
  readonly text: string;
  readonly template: Template;
  /** As given. */
  readonly parameters: Readonly<Record<string, string>>;
  /** With the template's defaults. */
  readonly values: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

/** @throws ServiceError ValidationError, InsufficientCapabilitiesException */
export const prepared = (context: Context, request: Parameters): Prepared => {
  refuseOptions(request);
  const text = templateText(context, request);
  const template = checkedTemplate(text);
  const parameters = givenParameters(request);
  const values = parameterValues(template, parameters);
  const capabilities = members(request, 'Capabilities');
  checkCapabilities(template, capabilities);
  refuseNotSimulated(template);
  return { text, template, parameters, values, capabilities };
};

const notSimulated = [
  ...[
    'EnableTerminationProtection',
    'ImportExistingResources',
    'NotificationARNs',
    'ResourceTypes',
    'ResourcesToImport',
  ],
  ...['RoleARN', 'RollbackConfiguration', 'StackPolicyBody', 'StackPolicyURL', 'Tags', 'TimeoutInMinutes'],
];

/** What would change how a stack behaves, and is not imitated, is refused rather than ignored. */
const refuseOptions = (request: Parameters): void => {
  for (const [key, value] of Object.entries(request)) {
    const [option = ''] = key.split('.');
    if (notSimulated.includes(option) && value !== '' && value !== 'false') throw invalid(`${option} is not simulated`);
  }
};

const givenParameters = (request: Parameters): Record<string, string> => {
  const given: Record<string, string> = {};
  for (const { ParameterKey: key = '', ParameterValue: value, UsePreviousValue: previous } of structures(
    request,
    'Parameters',
  )) {
    if (previous === 'true') {
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }
    if (Object.hasOwn(given, key)) throw invalid(`Parameter ${key} was specified more than once`);
    if (value !== undefined) given[key] = value;
  }
  return given;
};
