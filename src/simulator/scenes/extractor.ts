import { extractorTemplate } from '../templates/extractor.ts';
import { deleteByHand, underReview } from './connected.ts';
import type { Scene } from './scene.ts';
import { largeTemplate, offersAnew, sendsAnother, spots, stackName } from './spots-link.ts';
import { procedureName } from './stage.ts';

const administrator = extractorTemplate.replace(
  '      Policies:\n',
  '      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/AdministratorAccess\n$&',
);
const unreadableCode = {
  logicalId: 'ExtractorFunction',
  reason:
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist. (Service: Lambda, Status Code: 400)',
};

/** Trouble with what Spot's link leads to. */
export const extractor: readonly Scene[] = [
  {
    name: 'extractor-admin',
    title: "The template of Spot's link would make its role an administrator of the account.",
    arrange: (stage) => stage.offer(administrator),
    mend: offersAnew,
  },
  {
    name: 'extractor-other-bucket',
    title: "Spot's link fills in a bucket that is not the report's.",
    arrange: (stage) => stage.offer(extractorTemplate, { parameters: { CURBucketName: 'another-report' } }),
    mend: sendsAnother,
  },
  {
    name: 'extractor-template-gone',
    title: "Spot's link leads to a template that is not there any more.",
    arrange: (stage) => stage.offer(extractorTemplate, { gone: true }),
    mend: sendsAnother,
  },
  {
    name: 'extractor-template-closed',
    title: "Spot's link leads to a template that this account may not read.",
    arrange: (stage) => stage.offer(extractorTemplate, { closed: true }),
    mend: { ...sendsAnother, told: 'Spot sends a link to where it can be read.' },
  },
  {
    name: 'extractor-template-large',
    title: 'The template is too large for a request, so that CloudFormation reads it from S3 for itself.',
    arrange: (stage) => stage.offer(largeTemplate),
  },
  {
    name: 'extractor-template-swapped',
    title: 'The template is too large for a request, and another one lies in its place when CloudFormation reads it.',
    arrange: (stage) =>
      stage.offer([largeTemplate, largeTemplate, largeTemplate.replace('rate(1 day)', 'rate(1 hour)'), largeTemplate]),
    mend: { told: 'Spot says that it has just been replaced, and that all is well.' },
  },
  {
    name: 'extractor-parameter-refused',
    title: "The template does not take what Spot's link fills in for a parameter.",
    arrange: (stage) =>
      stage.offer(extractorTemplate.replace('  CustomerName:\n    Type: String\n', "$&    AllowedPattern: '[0-9]+'\n")),
    mend: offersAnew,
  },
  {
    name: 'extractor-needs-parameter',
    title: 'The template asks for a parameter that neither link nor procedure knows.',
    arrange: (stage) => stage.offer(extractorTemplate.replace('Parameters:\n', '$&  Environment:\n    Type: String\n')),
    mend: { told: 'Spot says what it has to be.', flags: { param: ['Environment=production'] } },
  },
  {
    name: 'extractor-failed',
    title: "The code of the extractor's function is not where its template says.",
    arrange: (stage) => stage.failStack(unreadableCode),
    mend: { told: 'Spot puts the code there.' },
  },
  {
    name: 'extractor-rollback-complete',
    title: 'Somebody else has tried to create the extractor of this report by hand, and what was rolled back remains.',
    arrange(stage) {
      stage.failStack(unreadableCode);
      stage.stack(stackName, extractorTemplate, { parameters: { ...spots, CURBucketName: procedureName } });
    },
    mend: { told: 'Whoever made that stack deletes it.', apply: (stage) => deleteByHand(stage, stackName) },
  },
  {
    name: 'extractor-exists',
    title: 'Somebody else has opened the link before, and the extractor of this report stands under another name.',
    arrange: (stage) =>
      void stage.stack('extractor-by-hand', extractorTemplate, {
        parameters: { ...spots, CURBucketName: procedureName },
      }),
  },
  {
    name: 'extractor-differs',
    title:
      'Somebody else has created the extractor of this report for some accounts only, with rows that go elsewhere.',
    arrange: (stage) =>
      void stage.stack(stackName, extractorTemplate, {
        parameters: {
          ...spots,
          CURBucketName: procedureName,
          AccountList: '444455556666',
          S3OutputBucket: 'rows-elsewhere',
        },
      }),
    mend: {
      told: 'Nobody needs that stack, and somebody deletes it.',
      apply: (stage) => deleteByHand(stage, stackName),
    },
  },
  {
    name: 'extractor-review-leftover',
    title: "A stack of the extractor's name waits for the review of a change set that somebody left.",
    arrange: (stage) => void underReview(stage, stackName),
  },
];
