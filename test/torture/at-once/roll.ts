import { EventEmitter, once } from 'node:events';
import type { Left } from './crowd.ts';

/** Who has ended so far, in their order. */
export interface Roll {
  readonly all: readonly Left[];
  add(left: Left): void;
  /** Resolves to what is found in it, as soon as it is. */
  until<T>(find: (all: readonly Left[]) => T | undefined): Promise<T>;
}

export const roll = (): Roll => {
  const all: Left[] = [];
  const news = new EventEmitter();
  return {
    all,
    add(left) {
      all.push(left);
      news.emit('left');
    },
    async until(find) {
      for (;;) {
        const found = find(all);
        if (found !== undefined) return found;
        await once(news, 'left');
      }
    },
  };
};
