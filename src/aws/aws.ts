import type { Buckets } from './buckets.ts';
import type { Catalog } from './catalog.ts';
import type { Contents } from './contents.ts';
import type { Crawlers } from './crawlers.ts';
import type { Functions } from './functions.ts';
import type { Identity } from './identity.ts';
import type { Objects } from './objects.ts';
import type { Organizations } from './organizations.ts';
import type { Permissions } from './permissions.ts';
import type { Reports } from './reports.ts';
import type { Stacks } from './stacks.ts';

/**
 * AWS in this program's nouns. Missing is `undefined`, already there is success, anything else is thrown untouched;
 * `explain` turns what was thrown into a Problem.
 */
export interface Aws {
  readonly identity: Identity;
  readonly organizations: Organizations;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly contents: Contents;
  readonly reports: Reports;
  readonly stacks: Stacks;
  readonly crawlers: Crawlers;
  /** The next three only look, for the doctor; their clients load when they are first asked. */
  readonly functions: Functions;
  readonly permissions: Permissions;
  readonly catalog: Catalog;
}
