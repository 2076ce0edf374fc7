import type { Statement } from '../policies.ts';

/** What a policy guards, for people. */
export const what = ({ kind, resource }: Statement): string =>
  kind === 'trust' ? `the role ${resource.id}` : `what ${resource.id} guards`;
/** What whoever it lets in does with it. */
export const verb = ({ kind }: Statement): string => (kind === 'trust' ? 'assume' : 'use');
