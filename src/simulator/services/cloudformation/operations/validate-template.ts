import { memberList } from '../../../xml.ts';
import { neededCapabilities } from '../template/capabilities.ts';
import { checkedTemplate } from '../template/check.ts';
import { templateText } from '../template-source.ts';
import { reading } from '../wire.ts';

export const validateTemplate = reading('ValidateTemplate', (context, request) => {
  const template = checkedTemplate(templateText(context, request));
  const { needed, reason } = neededCapabilities(template);
  const parameters = Object.entries(template.parameters).map(([key, { default: fallback, noEcho, description }]) => ({
    ParameterKey: key,
    DefaultValue: fallback,
    NoEcho: String(noEcho),
    Description: description,
  }));
  return {
    Parameters: memberList(parameters),
    Description: template.description,
    Capabilities: memberList(needed),
    CapabilitiesReason: reason,
    DeclaredTransforms: memberList(template.transforms),
  };
});
