import { randomUUID } from 'node:crypto';
import type { Account, Stack } from '../../world.ts';

/** Whose stack it is, what it is called, and since when (ms) it is there. */
export interface NewStack {
  readonly name: string;
  readonly now: number;
  /** ARN of whoever asked for it; absent for somebody who may do all. */
  readonly actor?: string;
}

/** A stack without a history, added to its account; whoever calls writes the first entry of its timeline. */
export const newStack = (account: Account, { name, now, actor }: NewStack): Stack => {
  const stack: Stack = {
    ...(actor === undefined ? {} : { actor }),
    id: `arn:aws:cloudformation:us-east-1:${account.id}:stack/${name}/${randomUUID()}`,
    name,
    created: now,
    template: '',
    parameters: {},
    capabilities: [],
    onFailure: 'ROLLBACK',
    timeline: [],
    changeSets: [],
    tokens: {},
    resources: {},
    outputs: [],
  };
  account.stacks.push(stack);
  return stack;
};
