import { unreadableAnswer } from './unreadable.ts';

/** One page of a list, as the SDK gives it. */
interface Page {
  readonly $metadata?: object;
  readonly NextToken?: string | undefined;
}

interface Pages<P extends Page, Seen, Entry> {
  ask(token: { readonly NextToken?: string }): Promise<P>;
  /** The list in a page, whatever stands there. */
  listIn(page: P): readonly Seen[] | undefined;
  /** Undefined for what can't be an entry. */
  read(seen: Seen): Entry | undefined;
}

/**
 * All entries of a list that comes in pages.
 * @throws UnreadableAnswer for a page without its list or with what can be no entry, and where a page leads back to one before it
 */
export const allPages = async <P extends Page, Seen extends object, Entry>(
  action: string,
  { ask, listIn, read }: Pages<P, Seen, Entry>,
): Promise<readonly Entry[]> => {
  const all: Entry[] = [];
  const followed = new Set<string>();
  for (let token: string | undefined; ; ) {
    const page = await ask(token === undefined ? {} : { NextToken: token });
    const entries = entriesIn(listIn(page), read);
    token = page.NextToken || undefined;
    if (!entries || (token !== undefined && followed.has(token))) throw unreadableAnswer(action, page);
    all.push(...entries);
    if (token === undefined) return all;
    followed.add(token);
  }
};

const entriesIn = <Seen extends object, Entry>(
  list: unknown,
  read: (seen: Seen) => Entry | undefined,
): readonly Entry[] | undefined => {
  if (!Array.isArray(list)) return undefined;
  const entries = list.map((seen) => (typeof seen === 'object' && seen !== null ? read(seen) : undefined));
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
};
