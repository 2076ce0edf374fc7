import type { Resource } from '../template/review/resource.ts';
import { arns } from './arns.ts';
import type { Grant, Names, Phase } from './grant.ts';
import type { Creation } from './resource-types/created.ts';
import type { Right } from './resource-types/kind.ts';
import { resourceType } from './resource-types/table.ts';

/** A stack, by what is in it. */
export interface StackContents {
  /** How statement ids call it. */
  readonly whose: 'CrawlerStack' | 'ExtractorStack';
  readonly stackName: string;
  readonly resources: readonly Resource[];
}

/**
 * What CloudFormation does with the caller's rights for a stack: to make it, roll it back included, or only to take it away.
 * Types that the table lacks have no part in it: see `unknownTypes`.
 */
export const stackGrants = (
  phase: Phase,
  names: Names,
  { whose, stackName, resources }: StackContents,
): readonly Grant[] => {
  const creation = creationOf(names, stackName, resources);
  return resources.flatMap((resource) => {
    const kind = resourceType(resource.type);
    const rights = kind?.rights(resource, creation) ?? [];
    return rights
      .filter(({ when, resources: on }) => on.length > 0 && (phase !== 'remove' || when !== 'make'))
      .map(({ about, actions, resources: on, conditions }: Right) => ({
        phase,
        topic: `${whose}${about}`,
        actions: [...actions].sort(),
        resources: on,
        ...(conditions && { conditions }),
        by: 'cloudformation' as const,
        why: `for ${resource.id} (${resource.type}) of the stack ${stackName}`,
        ...(kind && { source: kind.source }),
      }));
  });
};

/** The resource types of which the table does not know what they take. */
export const unknownTypes = (resources: readonly Resource[]): readonly string[] => [
  ...new Set(resources.filter(({ type }) => resourceType(type) === undefined).map(({ type }) => type)),
];

const creationOf = (names: Names, stackName: string, resources: readonly Resource[]): Creation => {
  const creation: Creation = {
    stackName,
    account: names.account,
    arn: arns(names),
    resources,
    arnsOf(id) {
      const resource = resources.find((each) => each.id === id);
      return (resource && resourceType(resource.type)?.arns(resource, creation)) ?? [];
    },
  };
  return creation;
};
