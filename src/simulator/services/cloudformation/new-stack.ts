import { randomUUID } from 'node:crypto';
import type { Account, Stack } from '../../world.ts';

/** A stack without a history, added to its account; whoever calls writes the first entry of its timeline. */
export const newStack = (account: Account, name: string, now: number): Stack => {
  const stack: Stack = {
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
