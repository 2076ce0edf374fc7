import { Problem } from '../errors.ts';
import { progressOf } from '../removal/progress.ts';
import type { State } from '../state/state.ts';

/** @throws Problem when the connection was taken back, or is being: nobody goes on with it then */
export const refuseTakenBack = (state: State): void => {
  const { customer } = state;
  switch (progressOf(state)?.kind) {
    case undefined:
      return;
    case 'done':
      throw new Problem(`${customer} was taken back with spot-cur remove; there is nothing to go on with.`, [
        `Connect the account again: spot-cur setup ${customer}`,
        `What was done: spot-cur history ${customer}`,
      ]);
    case 'begun':
      throw new Problem(`${customer} is being taken back, and that is not finished.`, [
        `Finish it: spot-cur remove ${customer}`,
        `Or keep the connection, and have what is gone made again: spot-cur setup ${customer}`,
      ]);
  }
};
