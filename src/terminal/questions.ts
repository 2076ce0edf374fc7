import type { Terminal } from './terminal.ts';

/** The part of a terminal that asks. */
export type Questions = Pick<Terminal, 'ask' | 'confirm' | 'choose'>;

/** Answers no question: one that nobody can see must never be waited for. */
export const noQuestions = (): Questions => {
  const refuse = async ({ id }: { readonly id: string }): Promise<never> => {
    throw new Error(`The question "${id}" can't be asked: this run is not interactive.`);
  };
  return { ask: refuse, confirm: refuse, choose: refuse };
};
