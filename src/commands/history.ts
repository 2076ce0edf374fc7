import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { Problem } from '../errors.ts';
import type { Session } from '../session.ts';
import { historyDocument, historyView, type Journal } from '../terminal/views/history.ts';
import { nothingSaved } from './nothing-saved.ts';
import type { ConnectionOptions } from './options.ts';

/** Shows what was changed, by whom and how it ended. Reads the state alone: no credentials, no network. @returns the exit code */
export const history = async (session: Session, options: ConnectionOptions): Promise<number> => {
  const { customer, objections } = await readGiven({ customer: options.customer }, undefined, []);
  refuseAny(objections);
  const { store, terminal, clock } = session;
  const names = customer === undefined ? await store.list() : [customer];
  const journals: Journal[] = [];
  for (const name of names) {
    const state = await store.load(name).catch((error) => {
      // One that can't be read hides none of the others.
      if (names.length > 1 && error instanceof Problem) return error;
      throw error;
    });
    if (state === undefined) throw nothingSaved(name, await store.list());
    journals.push({ customer: name, state });
  }
  if (options.json) terminal.result(historyDocument(journals));
  else if (journals.length === 0) terminal.result('There is no connection yet. Make one: spot-cur setup <customer>');
  else terminal.result(historyView(journals, clock.now(), terminal.resultStyle, terminal.columns));
  const trouble = journals.map(({ state }) => state).find((state) => state instanceof Problem);
  return trouble ? trouble.exitCode : 0;
};
