import { randomUUID } from 'node:crypto';
import type { Stack, TimelineEntry } from '../../../world.ts';
import { iso, stackType } from '../stacks.ts';

type Subject = Pick<TimelineEntry, 'logicalId' | 'physicalId' | 'type'>;
type Details = Partial<Pick<TimelineEntry, 'effect' | 'fault' | 'reason' | 'token'>>;

const entry = (subject: Subject, at: number, status: string, details: Details): TimelineEntry => ({
  at,
  eventId: subject.type === stackType ? randomUUID() : eventId(subject.logicalId, status, at),
  ...subject,
  status,
  ...details,
  settled: details.effect === undefined,
});

const eventId = (logicalId: string, status: string, at: number): string => `${logicalId}-${status}-${iso(at)}`;

/** An event of the stack itself. */
export const stackEntry = (stack: Stack, at: number, status: string, details: Details = {}): TimelineEntry =>
  entry({ logicalId: stack.name, physicalId: stack.id, type: stackType }, at, status, details);

/** An event of one of its resources; the physical id is filled in when the entry is settled. */
export const resourceEntry = (
  { stack, logicalId, type }: { readonly stack: Stack; readonly logicalId: string; readonly type: string },
  at: number,
  status: string,
  details: Details = {},
): TimelineEntry =>
  entry({ logicalId, physicalId: stack.resources[logicalId]?.physicalId ?? '', type }, at, status, details);

/** Adds what will happen; entries stay in the order of their times. */
export const schedule = (stack: Stack, entries: readonly TimelineEntry[]): void => {
  stack.timeline.push(...entries);
  stack.timeline.sort((a, b) => a.at - b.at);
};

/** Forgets what was going to happen after this moment (ms). */
export const forgetAfter = (stack: Stack, now: number): void => {
  const kept = stack.timeline.filter((known) => known.at <= now && known.settled);
  stack.timeline.splice(0, stack.timeline.length, ...kept);
};

/** Forgets an entry that didn't come true, and all that was going to follow from it. */
export const forgetFrom = (stack: Stack, failed: TimelineEntry): void => {
  forgetAfter(stack, failed.at);
  const index = stack.timeline.indexOf(failed);
  if (index >= 0) stack.timeline.splice(index, 1);
};
