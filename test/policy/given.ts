import type { PolicyDocument } from '../../src/policy/document.ts';
import type { Names, Phase } from '../../src/policy/grant.ts';
import { acme, type Rehearsal } from '../support/rehearsal.ts';

/** The names that a story uses when nobody says otherwise. */
export const names: Names = {
  partition: 'aws',
  account: acme,
  bucket: 'spotinst-cur-report',
  reportName: 'spotinst-cur-report',
  prefix: 'spotinst_eco',
  stackName: 'SpotEcoStack',
  extractorStackName: 'SpotExtractor',
};

/** What `spot-cur policy` prints for phases, asked by somebody who may do all. */
export const printed = async (
  story: Rehearsal,
  phase: Phase | undefined,
  flags: Readonly<Record<string, string>> = {},
  deleteData = false,
): Promise<PolicyDocument> => {
  const { allowances } = story.account();
  delete story.account().allowances;
  const { exitCode, stdout, screen } = await story.run.policy({
    customer: undefined,
    phases: phase ? [phase] : [],
    flags: { account: acme, ...flags },
    deleteData,
  });
  if (allowances) story.account().allowances = allowances;
  if (exitCode !== 0) throw new Error(screen);
  return JSON.parse(stdout);
};

/** From now on AWS allows what this policy allows, and nothing else. Conditions are not compared. */
export const allow = (story: Rehearsal, { Statement }: PolicyDocument): void => {
  story.account().allowances = Statement.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ action, resource }))),
  );
};

/** The actions that let something through since `allow`. */
export const usedActions = (story: Rehearsal): readonly string[] => [
  ...new Set((story.account().allowances ?? []).filter(({ used }) => used).map(({ action }) => action)),
];
