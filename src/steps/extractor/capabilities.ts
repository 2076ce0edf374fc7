import type { TemplateSummary } from '../../aws/stacks.ts';
import type { Template } from '../../template/template.ts';

export interface Capability {
  readonly name: string;
  readonly why: string;
}

const iamNames = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];

/** What the template asks the user to agree to: by CloudFormation's own summary where there is one, and by its resources. */
export const capabilitiesOf = ({
  summary,
  template,
}: {
  readonly summary?: TemplateSummary;
  readonly template: Template;
}): readonly Capability[] => {
  const iam = Object.entries(template.resources).filter(([, { type }]) => type.startsWith('AWS::IAM::'));
  const named = iam.filter(([, { properties }]) => iamNames.some((key) => key in properties));
  const list = (entries: typeof iam) => entries.map(([id, { type }]) => `${id} (${type})`).join(', ');
  const found = new Map<string, string>();
  for (const name of summary?.capabilities ?? [])
    found.set(name, summary?.capabilitiesReason ?? 'CloudFormation asks for it');
  if (named.length > 0)
    found.set('CAPABILITY_NAMED_IAM', `it creates IAM resources with names of its own: ${list(named)}`);
  else if (iam.length > 0 && !found.has('CAPABILITY_NAMED_IAM'))
    found.set('CAPABILITY_IAM', `it creates IAM resources: ${list(iam)}`);
  if (template.transforms.length > 0)
    found.set('CAPABILITY_AUTO_EXPAND', `it uses transforms: ${template.transforms.join(', ')}`);
  return [...found].map(([name, why]) => ({ name, why }));
};
