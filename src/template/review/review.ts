import { contextOf, type ReviewInput } from './context.ts';
import { type Finding, findingsFrom } from './findings.ts';
import { addresses } from './rules/addresses.ts';
import { bucketData } from './rules/bucket-data.ts';
import { catalog } from './rules/catalog.ts';
import { code } from './rules/code.ts';
import { doors } from './rules/doors.ts';
import { existing } from './rules/existing.ts';
import { functions } from './rules/functions.ts';
import { images } from './rules/images.ts';
import { leaves } from './rules/leaves.ts';
import { link } from './rules/link.ts';
import { machinery } from './rules/machinery.ts';
import { managedPolicies } from './rules/managed-policies.ts';
import { otherDeeds } from './rules/other-deeds.ts';
import { permissions } from './rules/permissions.ts';
import { reachable } from './rules/reachable.ts';
import { types } from './rules/resource-types.ts';
import type { Rule } from './rules/rule.ts';
import { whatTheyGet } from './rules/what-they-get.ts';
import { whoGetsIn } from './rules/who-gets-in.ts';
import type { WholeTemplate } from './whole.ts';

export interface Review {
  /** Alarms first, then warnings, then notes. */
  readonly findings: readonly Finding[];
  readonly resources: readonly { readonly id: string; readonly type: string }[];
}

/** In the order in which a reader asks: who gets in, what do they get, what runs, what leaves. */
const rules: readonly Rule[] = [
  whoGetsIn,
  permissions,
  doors,
  reachable,
  whatTheyGet,
  otherDeeds,
  bucketData,
  catalog,
  managedPolicies,
  existing,
  types,
  code,
  functions,
  images,
  leaves,
  addresses,
  link,
  // Last: by now everything has been evaluated, and it is known whether that was too much.
  machinery,
];

/** What a template would create and grant, with the very parameters that will be sent. Pure, and never throws. */
export const review = (template: WholeTemplate, given: ReviewInput): Review => {
  const context = contextOf(template, given);
  return {
    findings: findingsFrom(
      rules.flatMap((rule) => rule(context)),
      given.sha256,
      secretsOf(template, given),
    ),
    resources: context.resources.map(({ id, type }) => ({ id, type })),
  };
};

/** Values that must not be shown. Very short ones would blot out ordinary words. */
const secretsOf = ({ parameters }: WholeTemplate, given: ReviewInput): readonly string[] =>
  Object.entries(given.parameters)
    .filter(([key, value]) => parameters.get(key)?.noEcho && value.length >= 4)
    .map(([, value]) => value);
