import type { State } from '../state/state.ts';
import { removedFrom } from '../steps/removed-report.ts';

/** How far the removal of a connection is: begun and not finished, or done; undefined for one that stands. */
export type Progress = { readonly kind: 'begun' | 'done'; readonly at: string } | undefined;

/** Notes of a removal: when it was begun, when it was done. */
export const begunNote = 'removing';
export const doneNote = 'removed';

/** A removal that was done may be begun again, to delete what it had left. */
export const progressOf = ({ notes }: Pick<State, 'notes'>): Progress => {
  const { [begunNote]: begun, [doneNote]: done } = notes;
  if (begun !== undefined && (done === undefined || done < begun)) return { kind: 'begun', at: begun };
  return done === undefined ? undefined : { kind: 'done', at: done };
};

/** Whether the newest removal has taken anything back. */
export const hasTaken = ({ notes, journal }: State): boolean =>
  journal.some(
    ({ change, outcome, began }) =>
      /^removal:(?!connection:|notifications-copy:)/.test(change) &&
      outcome === 'done' &&
      began >= (notes[begunNote] ?? ''),
  );

/** The notes that tell of a removal which is done: they stay until something is made again, whatever else is answered. */
export const marksOf = (state: Pick<State, 'notes'>): readonly string[] =>
  progressOf(state)?.kind === 'done' ? [begunNote, doneNote] : [];

/**
 * A removed connection as another setup begins with it, but for the marks of a removal that is done. What belonged to a report that is gone is asked for anew: its prefix, since
 * no other report may be delivered there, and Spot's link, which was made for it.
 */
export const begunAnew = (state: State): State => {
  const progress = progressOf(state);
  if (!progress) return state;
  const { [begunNote]: _begun, [doneNote]: _done, ...others } = state.notes;
  const notes = progress.kind === 'done' ? state.notes : others;
  const { bucket, 'report-name': reportName, prefix, link: _link, ...answers } = state.answers;
  const names = {
    ...(bucket !== undefined && { bucket }),
    ...(reportName !== undefined && { 'report-name': reportName }),
  };
  const place = {
    reportName: String(reportName ?? bucket ?? ''),
    bucket: String(bucket ?? reportName ?? ''),
    prefix: String(prefix ?? ''),
  };
  const gone = removedFrom(state.notes, place) !== undefined;
  return { ...state, notes, ...(gone && { answers: { ...answers, ...names } }) };
};
