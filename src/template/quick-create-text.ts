import type { QuickCreateLink } from './quick-create-link.ts';

const console = 'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/create/review';

/** A quick-create link that says the same, in the form of the CloudFormation User Guide ("Create quick-create links for stacks"). */
export const quickCreateText = ({ template, stackName, parameters }: QuickCreateLink): string => {
  const pairs = [
    ['templateURL', template.url],
    ...(stackName === undefined ? [] : [['stackName', stackName]]),
    ...Object.entries(parameters).map(([key, value]) => [`param_${key}`, value]),
  ];
  return `${console}?${pairs.map(([key = '', value = '']) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
};
