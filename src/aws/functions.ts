import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** What an account may run at once (Lambda, GetAccountSettings). */
export interface Concurrency {
  readonly limit: number;
  /** What no function has reserved. Lambda lets nobody reserve below its own minimum of it. */
  readonly unreserved: number;
}

export interface Functions {
  /** Undefined where the answer does not tell. */
  findConcurrency(): Promise<Concurrency | undefined>;
}

export const functions = (lambda: () => LambdaClient): Functions => ({
  async findConcurrency() {
    const { AccountLimit } = await lambda().send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
    return isCount(limit) && isCount(unreserved) ? { limit, unreserved } : undefined;
  },
});

/** The SDK passes on whatever stands in the JSON. */
const isCount = (value: number | undefined): value is number => Number.isInteger(value);
