import type { Value } from './value.ts';

/** A resource of the template, its properties evaluated. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Value;
}
