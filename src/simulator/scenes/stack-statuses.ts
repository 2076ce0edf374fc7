import { resourceEntry, schedule, stackEntry } from '../services/cloudformation/run/timeline.ts';
import type { Stack } from '../world.ts';
import { crawled, crawlerFile, crawlerStackName, deleteByHand, delivered } from './connected.ts';
import type { Mend, Scene } from './scene.ts';
import { type Stage, sceneAccount } from './stage.ts';

/** A status, and how long after the beginning it comes, in ms. */
type Turn = readonly [status: string, after: number];

const soon = 10_000;
const later = 20_000;
/** How long the crawler stack takes to the function of it that is going to fail, in ms. */
const untilItFails = 1_700;
const reason = `The following resource(s) failed to update: [AWSCURInitializer]. User: arn:aws:iam::${sceneAccount}:user/somebody is not authorized to perform: lambda:UpdateFunctionCode`;

const failedImport = (stack: Stack, now: number) => [
  stackEntry(stack, now, 'IMPORT_IN_PROGRESS', { reason: 'User Initiated' }),
  resourceEntry({ stack, logicalId: 'AWSCURDatabase', type: 'AWS::Glue::Database' }, now, 'IMPORT_FAILED', {
    reason: 'athenacurcfn_spotinst_cur_report does not exist.',
  }),
];

/** The crawler stack stands, and somebody else has done something to it since. */
const changed = (name: string, title: string, turns: readonly Turn[], mend?: Mend): Scene => ({
  name,
  title,
  arrange(stage) {
    const { stack } = crawled(stage);
    if (turns.some(([status]) => status.startsWith('IMPORT_ROLLBACK'))) schedule(stack, failedImport(stack, stage.now));
    for (const [status, after] of turns)
      stage.become(stack, status, { after, ...(status === 'UPDATE_FAILED' && { reason }) });
  },
  ...(mend && { mend }),
});

const becoming = (told: string, status: string): Mend => ({
  told,
  apply(stage: Stage) {
    const stack = stage.account.stacks.findLast(({ name }) => name === crawlerStackName);
    if (stack) stage.become(stack, status);
  },
});

/** The crawler's stack in each status that it comes to by other hands than ours, or that it only passes through. */
export const stackStatuses: readonly Scene[] = [
  {
    name: 'stack-rolling-back',
    title: "Somebody else's attempt at the crawler stack has failed, and is being rolled back.",
    arrange(stage) {
      delivered(stage);
      stage.failStack({ logicalId: 'AWSCURInitializer', reason: 'Something that has passed since' });
      stage.stack(crawlerStackName, crawlerFile, { ago: untilItFails });
    },
    mend: {
      told: 'Whoever made that stack deletes what is left of it.',
      apply: (stage) => deleteByHand(stage, crawlerStackName),
    },
  },
  changed('stack-updating', 'The crawler stack stands, and somebody has just begun to update it.', [
    ['UPDATE_IN_PROGRESS', 0],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', soon],
    ['UPDATE_COMPLETE', later],
  ]),
  changed('stack-updated', 'The crawler stack stands, and somebody has updated it.', [
    ['UPDATE_IN_PROGRESS', 0],
    ['UPDATE_COMPLETE', 0],
  ]),
  changed('stack-update-rolling-back', 'The crawler stack stands, and an update of it is being taken back.', [
    ['UPDATE_ROLLBACK_IN_PROGRESS', 0],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', soon],
    ['UPDATE_ROLLBACK_COMPLETE', later],
  ]),
  changed('stack-update-rolled-back', 'The crawler stack stands as it was before an update that was taken back.', [
    ['UPDATE_ROLLBACK_IN_PROGRESS', 0],
    ['UPDATE_ROLLBACK_COMPLETE', 0],
  ]),
  changed(
    'stack-update-failed',
    'The crawler stack stands, and an update of it has failed and was not taken back.',
    [
      ['UPDATE_IN_PROGRESS', 0],
      ['UPDATE_FAILED', 0],
    ],
    becoming('Whoever tried the update has it taken back.', 'UPDATE_ROLLBACK_COMPLETE'),
  ),
  changed('stack-importing', 'Somebody is having the resources of the crawler imported into a stack.', [
    ['IMPORT_IN_PROGRESS', 0],
    ['IMPORT_COMPLETE', later],
  ]),
  changed('stack-imported', 'Somebody has had the resources of the crawler imported into a stack.', [
    ['IMPORT_IN_PROGRESS', 0],
    ['IMPORT_COMPLETE', 0],
  ]),
  changed(
    'stack-import-rolling-back',
    'An import into the crawler stack has failed, and is being taken back.',
    [
      ['IMPORT_ROLLBACK_IN_PROGRESS', 0],
      ['IMPORT_ROLLBACK_COMPLETE', later],
    ],
    becoming('Whoever tried the import does it once more.', 'IMPORT_COMPLETE'),
  ),
  changed(
    'stack-import-rolled-back',
    'An import into the crawler stack has failed, and was taken back.',
    [['IMPORT_ROLLBACK_COMPLETE', 0]],
    becoming('Whoever tried the import does it once more.', 'IMPORT_COMPLETE'),
  ),
  changed(
    'stack-import-rollback-failed',
    'An import into the crawler stack has failed, and could not even be taken back.',
    [['IMPORT_ROLLBACK_FAILED', 0]],
    becoming('Whoever tried the import mends it and does it once more.', 'IMPORT_COMPLETE'),
  ),
];
