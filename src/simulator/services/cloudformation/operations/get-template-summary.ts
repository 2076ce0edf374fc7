import { memberList, type XmlValue } from '../../../xml.ts';
import { stackNameOrId } from '../constraints.ts';
import { theStack } from '../stacks.ts';
import { neededCapabilities } from '../template/capabilities.ts';
import { checkReferences } from '../template/dependencies.ts';
import type { Template } from '../template/model.ts';
import { readTemplate } from '../template/read.ts';
import { templateText } from '../template-source.ts';
import { reading } from '../wire.ts';

/** Tells about any template that is well formed, also about one with resources that are not simulated. */
export const getTemplateSummary = reading('GetTemplateSummary', (context, request) => {
  const { account, now } = context;
  const text =
    request.StackName === undefined
      ? templateText(context, request)
      : theStack(account, stackNameOrId(request), now).template;
  const template = readTemplate(text);
  checkReferences(template);
  const { needed, reason } = neededCapabilities(template);
  const types = [...new Set(Object.values(template.resources).map(({ type }) => type))];
  return {
    Parameters: memberList(parametersOf(template)),
    Description: template.description,
    Capabilities: memberList(needed),
    CapabilitiesReason: reason,
    ResourceTypes: memberList(types),
    Version: '2010-09-09',
    DeclaredTransforms: memberList(template.transforms),
  };
});

const parametersOf = (template: Template): readonly XmlValue[] =>
  Object.entries(template.parameters).map(([key, { type, description, default: fallback, noEcho, allowedValues }]) => ({
    ParameterKey: key,
    DefaultValue: fallback,
    ParameterType: type,
    NoEcho: String(noEcho),
    Description: description,
    ParameterConstraints: allowedValues ? { AllowedValues: memberList(allowedValues) } : {},
  }));
