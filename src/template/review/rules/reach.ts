import type { Statement } from '../policies.ts';
import type { Text } from '../value.ts';

/** Whether an action is everything at once; what it means in detail need not be said. */
export const isEverything = (pattern: string): boolean => /^[*?]*(:[*?]*)?$/.test(pattern) && pattern.includes('*');

/** Whether an action names no service: said once, and not for each power that it holds. */
export const isInEveryService = (pattern: string): boolean => /^[*?]*\*[*?]*:./.test(pattern) && !isEverything(pattern);

/** What a statement applies to. */
export const resourcesOf = ({ resources }: Statement): readonly Text[] => (resources.length > 0 ? resources : [['*']]);
