import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import type { State } from './state.ts';

/**
 * Lets a save go on only on top of the very version that it was made from.
 * @throws Problem (state) when another run moved on, began another connection, or what was saved has vanished
 */
export const refuseMovedOn = (kept: State | undefined, state: State, place: string): void => {
  const where = quoted(place, 300);
  if (!kept) {
    if (state.serial === 0) return;
    throw new Problem(
      `${where} has vanished since this run read it.`,
      [
        'Put it back and run the same command again.',
        `Or run \`spot-cur setup ${state.customer}\` with the same answers: it finds everything again in AWS.`,
      ],
      'state',
    );
  }
  const again = [`Run \`spot-cur resume ${state.customer}\`: it reads what is there now and goes on from it.`];
  if (kept.lineage !== state.lineage) {
    throw new Problem(`${where} holds another connection now, which a second run began.`, again, 'state');
  }
  if (kept.serial !== state.serial) {
    throw new Problem(
      `Another run has saved ${where} meanwhile: it is at ${kept.serial}, and this run knew ${state.serial}.`,
      again,
      'state',
    );
  }
};
