import { extractorTemplate } from '../templates/extractor.ts';
import { crawled, crawlerFile, crawlerStackName, deleteByHand, delivered, underReview } from './connected.ts';
import type { Scene } from './scene.ts';
import { type Stage, sceneAccount } from './stage.ts';

const limit = {
  logicalId: 'AWSCURInitializer',
  reason:
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
};
const stuck = {
  logicalId: 'AWSCURCrawlerComponentFunction',
  reason: 'Cannot delete entity, must detach all policies first. (Service: Iam, Status Code: 409)',
  status: 'DELETE_FAILED',
} as const;

const deletedByHand = {
  told: 'Whoever made that stack deletes it, with all that is left of it.',
  apply(stage: Stage) {
    deleteByHand(stage, crawlerStackName);
    const { databases, tables, crawlers } = stage.account;
    for (const left of [databases, tables, crawlers]) left.splice(0);
  },
};

/** Stacks of the crawler's name that are there before, or stay behind. */
export const stackLeftovers: readonly Scene[] = [
  {
    name: 'stack-name-taken',
    title: 'A stack of the name that the procedure gives exists already, and has nothing to do with it.',
    arrange: (stage) =>
      void stage.stack(crawlerStackName, extractorTemplate, {
        parameters: {
          CURBucketName: 'another-report',
          CustomerName: 'somebody',
          LambdaFunctionBucket: 'code',
          LambdaFunctionKey: 'code.zip',
          S3OutputBucket: 'rows',
        },
      }),
    mend: { told: 'The stack gets another name.', flags: { 'stack-name': `${crawlerStackName}-2` } },
  },
  {
    name: 'stack-in-progress',
    title: "Somebody else has just begun to create the crawler stack from the report's own file.",
    arrange(stage) {
      delivered(stage);
      stage.stack(crawlerStackName, crawlerFile, { ago: 0 });
    },
  },
  {
    name: 'stack-deleting',
    title: 'Somebody else is deleting a stack of the name that the procedure gives.',
    arrange(stage) {
      delivered(stage);
      const stack = underReview(stage, crawlerStackName);
      stage.become(stack, 'DELETE_IN_PROGRESS');
      stage.become(stack, 'DELETE_COMPLETE', { after: 20_000 });
    },
  },
  {
    name: 'stack-rollback-complete',
    title:
      "Somebody else has tried to create the crawler stack from the report's file; it was rolled back and remains.",
    arrange(stage) {
      stage.failStack(limit);
      stage.stack(crawlerStackName, crawlerFile);
    },
    mend: deletedByHand,
  },
  {
    name: 'stack-create-failed',
    title: "Somebody else has tried to create the crawler stack from the report's file, and kept what there was of it.",
    arrange(stage) {
      stage.failStack(limit);
      stage.stack(crawlerStackName, crawlerFile, { onFailure: 'DO_NOTHING' });
    },
    mend: deletedByHand,
  },
  {
    name: 'stack-rollback-failed',
    title: "Somebody else's attempt at the crawler stack could not even be rolled back.",
    arrange(stage) {
      stage.failStack(limit);
      stage.failStack(stuck);
      stage.stack(crawlerStackName, crawlerFile);
    },
    mend: deletedByHand,
  },
  {
    name: 'stack-delete-failed',
    title: 'The crawler stack fails, and what it has made so far can not all be deleted, nor the second time.',
    arrange(stage) {
      stage.failStack(limit);
      stage.failStack(stuck);
      stage.failStack(stuck);
    },
    mend: {
      told: 'AWS raises the limit that made it fail.',
    },
  },
  {
    name: 'stack-review-leftover',
    title: "A stack of the crawler stack's name waits for the review of a change set that somebody left.",
    arrange: (stage) => void underReview(stage, crawlerStackName),
    mend: deletedByHand,
  },
  {
    name: 'stack-update-rollback-failed',
    title: 'The crawler stack stands, and an update that somebody tried could not be taken back.',
    arrange(stage) {
      const { stack } = crawled(stage);
      stage.become(stack, 'UPDATE_IN_PROGRESS');
      stage.become(stack, 'UPDATE_ROLLBACK_FAILED', {
        after: 1,
        reason: `The following resource(s) failed to update: [AWSCURInitializer]. User: arn:aws:iam::${sceneAccount}:user/somebody is not authorized to perform: lambda:UpdateFunctionCode`,
      });
    },
    mend: {
      told: 'Whoever tried the update has it taken back.',
      apply(stage) {
        const stack = stage.account.stacks.findLast(({ name }) => name === crawlerStackName);
        if (stack) stage.become(stack, 'UPDATE_ROLLBACK_COMPLETE');
      },
    },
  },
];
