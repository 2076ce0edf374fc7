import { createHash } from 'node:crypto';
import { extractorTemplate } from '../templates/extractor.ts';
import type { Mend, Scene } from './scene.ts';
import { largeTemplate } from './spots-link.ts';
import type { Stage } from './stage.ts';

/** What its transform could change, it does not use. */
const transformed = extractorTemplate.replace('\nParameters:', '\nTransform: AWS::LanguageExtensions\n$&');
const digest = createHash('sha256').update(transformed).digest('hex').slice(0, 8);

/** CloudFormation's words for a template that it may not read, whoever else may. */
const unread = (operation: string) => ({
  operation: `cloudformation:${operation}`,
  code: 'ValidationError',
  message:
    'S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
});

const opened: Mend = {
  told: "Spot opens the template to CloudFormation's own reads.",
  apply: (stage) => stage.relent(),
};

const hide = (stage: Stage, template: string): void => {
  stage.offer(template);
  stage.account.hidesTemplates = true;
};

/** What CloudFormation makes of the template between the review and the execution. */
export const changeSets: readonly Scene[] = [
  {
    name: 'template-unread',
    title: 'The template is too large for a request, and CloudFormation may not read it, though this role may.',
    arrange(stage) {
      stage.offer(largeTemplate);
      for (const operation of ['GetTemplateSummary', 'CreateChangeSet']) stage.fail(unread(operation));
    },
    mend: opened,
  },
  {
    name: 'template-closed-meanwhile',
    title:
      'The template is too large for a request, and is closed before CloudFormation has read it for the change set.',
    arrange(stage) {
      stage.offer(largeTemplate);
      stage.fail(unread('CreateChangeSet'));
    },
    mend: opened,
  },
  {
    name: 'template-not-shown',
    title: 'What answers in place of CloudFormation does not show what a change set would deploy.',
    arrange: (stage) => hide(stage, extractorTemplate),
  },
  {
    name: 'template-large-not-shown',
    title: 'The same, and the template is too large for a request, so that CloudFormation has read it for itself.',
    arrange: (stage) => hide(stage, largeTemplate),
    mend: {
      told: 'The endpoint is mended, and shows it.',
      apply({ account }) {
        delete account.hidesTemplates;
      },
    },
  },
  {
    name: 'template-transformed',
    title: 'The template is written for a transform, so that CloudFormation deploys something else than its text.',
    arrange: (stage) => stage.offer(transformed),
    mend: {
      told: 'Spot says on the phone that this is meant, and you take it upon you.',
      flags: { 'accept-risk': [`transform.template.${digest}`] },
    },
  },
];
