import type { Check, Resource } from '../../step.ts';
import { printable } from '../../text.ts';
import { firstCause } from '../stack-failure.ts';
import { stackStanding } from '../stack-standing.ts';
import { dailyAtMidnight } from './changes.ts';
import { crawlerDifferences } from './crawler-fit.ts';
import type { Seen } from './inspect.ts';
import { fingerprint, messageFor } from './message.ts';
import type { Settings } from './settings.ts';

/** What of step 2 stands in AWS. */
export const resources = (seen: Seen, settings: Settings): readonly Resource[] =>
  seen.ours && stackStanding(seen.stack) === 'standing'
    ? [
        { key: 'crawler-stack', id: settings['stack-name'] },
        ...(seen.crawler?.schedule === dailyAtMidnight ? [{ key: 'crawler-schedule', id: seen.crawler.name }] : []),
      ]
    : [];

/** The evidence for step 2. */
export const checks = (seen: Seen, settings: Settings): readonly Check[] => [
  messageCheck(seen, settings),
  ...fileCheck(seen),
  stackCheck(seen, settings),
  crawlerCheck(seen, settings),
  scheduleCheck(seen),
  tableCheck(seen),
  ...(settings.link === undefined && !seen.extractor ? [sentCheck(seen, settings)] : []),
];

const messageCheck = ({ message }: Seen, _: Settings): Check => ({
  id: 'message',
  ...(message
    ? { state: 'ok', text: 'The message for Spot is written.', evidence: message.eml }
    : { state: 'missing', text: 'The message for Spot is not written yet.' }),
});

const stackCheck = ({ stack, events, ours }: Seen, settings: Settings): Check => {
  const id = 'crawler-stack';
  const name = `The stack ${settings['stack-name']}`;
  const standing = stackStanding(stack);
  if (standing === 'absent') return { id, state: 'missing', text: `${name} does not exist yet.` };
  const evidence = printable(firstCause(events)?.reason ?? stack?.status ?? '');
  if (!ours) return { id, state: 'wrong', text: `${name} is not this connection's.`, evidence };
  if (standing === 'standing') return { id, state: 'ok', text: `${name} stands.`, evidence };
  return standing === 'busy' || standing === 'deleting'
    ? { id, state: 'pending', text: `${name} is under way.`, evidence }
    : { id, state: 'wrong', text: `${name} failed.`, evidence };
};

const crawlerCheck = ({ crawler, file }: Seen, settings: Settings): Check => {
  const id = 'crawler';
  if (!crawler) return { id, state: 'missing', text: 'The Glue crawler is not there yet.' };
  const differences = crawlerDifferences(crawler, file.template, settings);
  return differences.length === 0
    ? { id, state: 'ok', text: `The Glue crawler ${printable(crawler.name)} reads this report.` }
    : {
        id,
        state: 'wrong',
        text: `The Glue crawler ${printable(crawler.name)} reads something else.`,
        evidence: differences.map(({ field, is, hasToBe }) => `${field}: is ${is}, has to be ${hasToBe}`).join('; '),
      };
};

/** AWS may write the file anew with each delivery; the one that was mailed counts. */
const fileCheck = ({ changed }: Seen): Check[] =>
  changed
    ? [
        {
          id: 'crawler-file',
          state: 'ok',
          text: 'AWS delivers another crawler-cfn.yml now; the one that was mailed counts, and nothing has to be done.',
          evidence: `SHA-256 ${changed.mailed.slice(0, 16)}… mailed, ${changed.delivered.slice(0, 16)}… delivered now`,
        },
      ]
    : [];

const scheduleCheck = ({ crawler }: Seen): Check => {
  const id = 'crawler-schedule';
  if (crawler?.schedule === dailyAtMidnight && crawler.scheduleState === 'SCHEDULED')
    return { id, state: 'ok', text: 'The crawler runs daily at 00:00 UTC.', evidence: dailyAtMidnight };
  return {
    id,
    state: crawler?.schedule ? 'wrong' : 'missing',
    text: 'The crawler does not run daily yet.',
    ...(crawler?.schedule && { evidence: printable(`${crawler.schedule} ${crawler.scheduleState ?? ''}`) }),
  };
};

/** A crawl may have come before the data: the table is looked for and never waited for. */
const tableCheck = ({ tables, crawler }: Seen): Check => {
  const id = 'table';
  if (!tables.known)
    return { id, state: 'unknown', text: "The crawler's tables could not be read.", evidence: tables.reason };
  const found = (tables.value ?? []).filter((name) => name !== 'cost_and_usage_data_status');
  const failure = crawler?.lastCrawl?.error;
  return found.length > 0
    ? { id, state: 'ok', text: 'The crawler has made the table.', evidence: printable(found.join(', ')) }
    : {
        id,
        state: 'pending',
        text: 'The crawler has not made the table yet.',
        ...(failure && { evidence: printable(failure) }),
      };
};

const sentCheck = (seen: Seen, settings: Settings): Check =>
  settings.notes.sent === fingerprint(messageFor(settings, seen.file.bytes))
    ? { id: 'sent', state: 'ok', text: 'The message was sent.', evidence: settings.notes['sent-at'] }
    : { id: 'sent', state: 'missing', text: 'Nobody has said yet that the message was sent.' };
