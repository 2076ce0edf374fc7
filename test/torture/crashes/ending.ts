import { expect } from 'vitest';
import { readState } from '../../../src/state/schema.ts';
import type { State } from '../../../src/state/state.ts';
import { comparable } from '../comparable-world.ts';
import { comparableState } from './comparable-state.ts';
import { readFiles } from './home.ts';
import type { Lane } from './lane.ts';

const hour = 3_600_000;

/** What a journey has come to: the world, what is remembered of it, and the message for Spot. */
export interface Ending {
  readonly world: unknown;
  readonly state: unknown;
  readonly message: Readonly<Record<string, string | undefined>>;
  /** What is left beside state and message. */
  readonly others: readonly string[];
}

/** The state that lies in a lane's home; it has to be whole. */
export const savedState = (lane: Lane): State | undefined => {
  const bytes = readFiles(lane.home).get('customers/acme.json');
  return bytes && readState(bytes, 'acme.json', 'acme');
};

/** Looks at how things stand once the last crawl is over. */
export const endingOf = (lane: Lane): Ending => {
  const simulator = lane.aws.simulator();
  simulator.clock.advance(hour);
  simulator.settle();
  const state = savedState(lane);
  const files = readFiles(lane.home);
  const message = ['message.txt', 'crawler-cfn.yml', 'bucket-notifications.json'];
  const known = [
    ...['customers/acme.json', 'customers/acme.json.previous', 'messages/acme/message.eml'],
    // A dead one is in nobody's way, and goes with the next save.
    'customers/acme.saving.lock',
  ];
  return {
    world: comparable(simulator.world),
    state: state && comparableState(state),
    message: Object.fromEntries(message.map((name) => [name, files.get(`messages/acme/${name}`)?.toString('utf8')])),
    others: [...files.keys()].filter(
      (path) => !known.includes(path) && !message.includes(path.replace('messages/acme/', '')),
    ),
  };
};

/** `status` says that the connection is ready. */
export const expectReady = async (lane: Lane): Promise<void> => {
  const { said } = await lane.play(['status', 'acme', '--json']);
  expect(JSON.parse(said).customers[0]).toMatchObject({ name: 'acme', state: 'ready', step: 'done' });
};

/** The changes that are writes to AWS, by the operation that makes them. */
const changesOf: Readonly<Record<string, string>> = {
  's3:CreateBucket': 'bucket:',
  's3:PutPublicAccessBlock': 'public-access-block:',
  's3:PutBucketPolicy': 'bucket-policy:',
  'cur:PutReportDefinition': 'report:',
  'cloudformation:CreateStack': 'crawler-stack:',
  'glue:UpdateCrawlerSchedule': 'crawler-schedule:',
  'cloudformation:CreateChangeSet': 'extractor-change-set:',
  'cloudformation:ExecuteChangeSet': 'extractor-execution:',
  'cloudformation:DeleteStack': 'removal:extractor-stack:',
  's3:PutBucketNotificationConfiguration': 'removal:notifications:',
  'cur:DeleteReportDefinition': 'removal:report:',
  's3:DeleteBucketPolicy': 'removal:bucket-policy:',
  's3:DeleteObjects': 'removal:billing-data:',
  's3:DeleteBucket': 'removal:bucket:',
};

/** Every write that AWS was asked for in the run that has just ended is in the journal on disk, whatever became of the run. */
export const expectJournaled = (lane: Lane): void => {
  const journal = savedState(lane)?.journal ?? [];
  for (const { operation } of lane.aws.calls().filter(({ mutating }) => mutating)) {
    const entry = journal.find(({ change }) => change.startsWith(changesOf[operation] ?? '(none)'));
    expect(entry?.change, `${operation} is not in the journal`).toBeDefined();
  }
};
