import type { XmlValue } from '../../xml.ts';
import type { Template } from './template/model.ts';

/** The parameters with their values as AWS shows them: defaults filled in, NoEcho ones hidden. */
export const shownParameters = (template: Template, given: Readonly<Record<string, string>>): readonly XmlValue[] =>
  Object.entries(template.parameters).map(([key, { noEcho, default: fallback }]) => ({
    ParameterKey: key,
    ParameterValue: noEcho ? '****' : ((Object.hasOwn(given, key) ? given[key] : fallback) ?? ''),
  }));
