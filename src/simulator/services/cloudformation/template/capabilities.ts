import { ServiceError } from '../../../service.ts';
import type { Template } from './model.ts';

/** The property that gives an IAM resource a name of the template's choosing; `undefined` where no such name asks for more. */
const nameProperty: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::RolePolicy': undefined,
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserPolicy': undefined,
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** The capabilities that a template needs, with AWS's sentence on why; the reason is absent when it needs none. */
export const neededCapabilities = (
  template: Template,
): { readonly needed: readonly string[]; readonly reason?: string } => {
  if (template.transforms.length > 0) {
    const reason = `The following transform(s) require capabilities: [${template.transforms.join(', ')}]`;
    return { needed: ['CAPABILITY_AUTO_EXPAND', ...iamCapability(template)], reason };
  }
  const types = [...new Set(iamResources(template).map(({ type }) => type))];
  if (types.length === 0) return { needed: [] };
  return {
    needed: iamCapability(template),
    reason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
  };
};

/** @throws ServiceError InsufficientCapabilitiesException when the caller acknowledged too little. */
export const checkCapabilities = (template: Template, given: readonly string[]): void => {
  const missing = neededCapabilities(template).needed.filter(
    (capability) =>
      !given.includes(capability) && !(capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length === 0) return;
  throw new ServiceError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
};

const iamResources = (template: Template) =>
  Object.values(template.resources).filter(({ type }) => Object.hasOwn(nameProperty, type));

const iamCapability = (template: Template): readonly string[] => {
  const resources = iamResources(template);
  if (resources.length === 0) return [];
  const named = resources.some(({ type, properties }) => {
    const property = nameProperty[type];
    return property !== undefined && properties[property] !== undefined;
  });
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
};
