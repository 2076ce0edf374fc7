import type { Scene } from './scene.ts';

/** Connections that are made without trouble, and meet it when they are taken back. */
export const removals: readonly Scene[] = [
  {
    name: 'remove-denied',
    title: 'All goes well until the connection is taken back: the role may not delete the report.',
    arrange: (stage) => stage.deny({ action: 'cur:DeleteReportDefinition' }),
  },
  {
    name: 'remove-stack-stuck',
    title: 'All goes well until the connection is taken back: a role of the crawler stack can not be deleted at first.',
    arrange: (stage) =>
      stage.failStack({
        logicalId: 'AWSCURCrawlerComponentFunction',
        reason: 'Cannot delete entity, must detach all policies first. (Service: Iam, Status Code: 409)',
        status: 'DELETE_FAILED',
      }),
  },
];
