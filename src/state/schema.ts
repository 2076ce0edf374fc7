import { Problem } from '../errors.ts';
import { json, printable, quoted, shellWord } from '../text.ts';
import { digestOf, sealed, unsealed } from './seal.ts';
import { checkShape } from './shape.ts';
import type { State } from './state.ts';

/** More than this is never read; a state with thousands of journal entries stays below. */
export const mostStateBytes = 8 * 1024 * 1024;

const newestVersion = 1;
/** Two of these names make an object one of ours, whatever else happened to it, unless they are those that Terraform uses too. */
const landmarks = ['version', 'lineage', 'serial', 'customer', 'journal'];
const ownLandmarks = ['customer', 'journal'];

/**
 * Reads what a store keeps: `text` from `place`, which is to be the connection of `customer`. `back` is advice on how to go back to
 * an earlier version, if there is one.
 * @throws Problem (state) that names the damage and the way out, for all that is not a state of this version and customer
 */
export const readState = (
  text: string | Uint8Array,
  place: string,
  customer: string,
  back: readonly string[] = [],
): State => {
  const refuse = (what: string, first: readonly string[] = []) =>
    new Problem(`${quoted(place, 300)} ${what}.`, [...first, ...back, ...wayOut(place, customer)], 'state');

  if ((typeof text === 'string' ? Buffer.byteLength(text) : text.length) > mostStateBytes) {
    throw refuse(`is larger than ${mostStateBytes / 1024 / 1024} MiB, which no state of ours is`);
  }
  const source = typeof text === 'string' ? text : decoded(text);
  if (source === undefined || source.includes('\0')) throw refuse('is not text: it was damaged or is something else');
  if (source.trim() === '') throw refuse('is empty');

  const value = parsed(source);
  if (value === undefined) {
    throw refuse(source.trimStart().startsWith('{') ? 'is cut off or damaged: it is not whole JSON' : 'is not JSON');
  }
  if (!ours(value)) throw refuse('is JSON, but not a state of spot-cur');
  if (typeof value.version === 'number' && value.version > newestVersion) {
    // Nothing is wrong with it: no other way out is offered.
    throw new Problem(
      `${quoted(place, 300)} was written by a newer spot-cur: it has version ${value.version}, and this one knows ${newestVersion}.`,
      ['Upgrade spot-cur and run the same command again. The file is left as it is.'],
      'state',
    );
  }
  const { digest, rest } = unsealed(value);
  const checked = checkShape(rest);
  if ('fault' in checked) throw refuse(`was changed by hand or damaged: ${checked.fault}`);
  if (digest !== undefined && digest !== digestOf(checked.state))
    throw refuse('is not what spot-cur has saved: it was changed by hand, or damaged', [
      'If you changed it and mean it, delete its line "digest" and run the same command again: each field is then held against its rule.',
    ]);
  if (checked.state.customer !== customer) {
    throw refuse(`holds the connection of ${quoted(checked.state.customer)}, not of ${quoted(customer)}`);
  }
  return checked.state;
};

/**
 * The text that readState reads back as the same state.
 * @throws Problem (state) beyond the size that is read; Error for a state that could not be read back, which is our bug
 */
export const writeState = (state: State): string => {
  const checked = checkShape(JSON.parse(JSON.stringify(state)));
  if ('fault' in checked) throw new Error(`The state could not be read back: ${checked.fault}`);
  // The text may be shown with cat: nothing in it can steer a terminal.
  const text = `${json(sealed(checked.state))}\n`;
  if (Buffer.byteLength(text) > mostStateBytes) {
    throw new Problem(
      `What is remembered of ${quoted(state.customer)} has grown beyond ${mostStateBytes / 1024 / 1024} MiB.`,
      [`Run \`spot-cur history ${state.customer}\` to look at the journal, then start anew with setup.`],
      'state',
    );
  }
  return text;
};

/** What to do with a state that can't be used; nothing is lost with it but typing. */
export const wayOut = (place: string, customer: string): readonly string[] => [
  `The file is left as it is. Move it away: ${setAside(place)}`,
  `Then run \`spot-cur setup ${printable(customer)}\` with the same answers: it finds everything again in AWS and changes nothing. What is found is never taken back by \`spot-cur remove\`.`,
];

/** How to go back to the version before, which is whole. */
export const wayBack = (place: string, previous: string): readonly string[] => [
  `The version that was saved before it is whole. Go back to it: ${setAside(place)} && cp -p ${shellWord(previous)} ${shellWord(place)}`,
  'Then run the same command again: whatever has happened since is found in AWS. Or begin without it:',
];

const setAside = (place: string): string => `mv ${shellWord(place)} ${shellWord(`${place}.damaged`)}`;

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const parsed = (source: string): unknown => {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
};

const ours = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  landmarks.filter((landmark) => Object.hasOwn(value, landmark)).length > 1 &&
  ownLandmarks.some((landmark) => Object.hasOwn(value, landmark));
