import type { World } from '../../../src/simulator/world.ts';
import { acme, type SimulatedAws } from '../../support/simulated-aws.ts';

/** What stands in the world at the end of a journey: each thing once, or it is there twice. Times and random ids are left out. */
export const standing = async ({ url }: SimulatedAws) => {
  const world = (await (await fetch(`${url}/_simulator/world`)).json()) as World;
  const account = world.accounts[acme];
  if (!account) throw new Error('The account has never been used.');
  return {
    reports: account.reports.map(({ definition }) => definition),
    stacks: account.stacks.map(({ name, template, parameters }) => ({ name, template, parameters })),
    crawlers: account.crawlers.map(({ name, schedule }) => ({ name, schedule: schedule?.expression })),
    databases: account.databases.map(({ name }) => name),
    roles: account.roles.map(({ name }) => name.replace(/-[0-9A-Z]+$/, '')).sort(),
    functions: account.functions.map(({ name }) => name.replace(/-[0-9A-Za-z]+$/, '')).sort(),
    buckets: Object.entries(world.buckets).map(([name, { owner, policy, publicAccessBlock }]) => ({
      name,
      owner,
      policy,
      publicAccessBlock,
    })),
  };
};
