import { extractorTemplate } from '../templates/extractor.ts';
import type { Mend } from './scene.ts';
import { sceneAccount } from './stage.ts';

/** Spot's template, larger than what fits into a request; what is added is a comment. */
export const largeTemplate = `${extractorTemplate}${`# ${'-'.repeat(97)}\n`.repeat(500)}`;

/** What the extractor's stack is called in Spot's link. */
export const stackName = 'SpotExtractor';

/** What Spot's link fills in, by the template's parameters. */
export const spots = {
  CURPrefixName: 'spotinst_eco',
  CustomerName: `customer-${sceneAccount}`,
  LambdaFunctionBucket: 'spot-connect-code',
  LambdaFunctionKey: 'extractor/extractor.zip',
  S3OutputBucket: 'spot-connect-output',
};

export const templateUrl = 'https://spot-connect-templates.s3.us-east-1.amazonaws.com/extractor/spot-extractor.yaml';

const page = 'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/create/review';

/** Another link of Spot's, to its usual template unless another one is named. */
export const linkTo = (template: string): string =>
  `${page}?${[
    ['templateURL', template],
    ['stackName', stackName],
    ...Object.entries(spots).map(([key, value]) => [`param_${key}`, value]),
  ]
    .map(([key, value = '']) => `${key}=${encodeURIComponent(value)}`)
    .join('&')}`;

export const rightLink = linkTo(templateUrl);

export const sendsAnother: Mend = { told: 'Spot sends another link.', flags: { link: rightLink } };

export const offersAnew: Mend = {
  told: 'Spot puts the right template there.',
  apply: (stage) => stage.offer(extractorTemplate),
};
