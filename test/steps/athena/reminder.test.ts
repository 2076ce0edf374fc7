import { expect, test } from 'vitest';
import { messageFor } from '../../../src/steps/athena/message.ts';
import { reminderFor } from '../../../src/steps/athena/reminder.ts';
import { sha256 } from '../../../src/steps/sha256.ts';
import { settings } from './settings.ts';

const file = Buffer.from('Resources: {}\n');
const message = messageFor(settings, file);
const sentAt = Date.UTC(2026, 10, 23, 23, 59);
const reminder = reminderFor(settings, message, sentAt);

test.each([
  ["the MSP's account", /MSP's AWS account: +999988887777\n/],
  ["the customer's management account", /management account: +012345678901\n/],
  ['every Org ID', /Spot Org IDs: +60012345, 60067890\n/],
  ['when the message was sent, and where to look for it', /Our message: +23 November 2026, with the same subject/],
  ['the file by its digest', new RegExp(`the same again: +crawler-cfn.yml, SHA-256 ${sha256(file)}\n`)],
  ['what is waited for', /send the link to the sender of this message/],
])('a reminder names %s', (_, line) => expect(reminder.text).toMatch(line));

test('a reminder goes where the message went, with the same file', () => {
  expect(reminder.to).toBe('jo@spot.io');
  expect(reminder.subject).toBe(`Reminder: ${message.subject}`);
  expect(reminder.attachment).toEqual(message.attachment);
  expect(reminderFor(settings, { ...message, to: undefined }, sentAt).to).toBeUndefined();
});

test('its values stand in one column, and no line is too long for a mail', () => {
  const columns = reminder.text.split('\n').flatMap((line) => /^ {2}[^:]+: +(?=\S)/.exec(line)?.[0].length ?? []);
  expect(columns.length).toBe(9);
  expect(new Set(columns).size).toBe(1);
  expect(Math.max(...reminder.text.split('\n').map(({ length }) => length))).toBeLessThan(125);
});
