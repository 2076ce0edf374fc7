import { describe, expect, test } from 'vitest';
import { decideTerminal, type TerminalFacts, type TerminalMode } from '../../src/terminal/environment.ts';

type Change = Partial<Omit<TerminalFacts, 'env'>> & { env?: TerminalFacts['env'] };

const atTerminal: TerminalFacts = { env: {}, stdinTTY: true, stdoutTTY: true, stderrTTY: true, columns: 90, flags: {} };
const usual: TerminalMode = {
  interactive: true,
  colour: true,
  resultColour: true,
  animated: true,
  linear: false,
  columns: 90,
};
const colourless = { colour: false, resultColour: false };

describe('how a run speaks', () => {
  test.each<[string, Change, Partial<TerminalMode>]>([
    ['at a terminal', {}, {}],
    ['no width told', { columns: 0 }, { linear: true, animated: false, columns: 80 }],
    ['input from a pipe', { stdinTTY: false }, { interactive: false }],
    ['results into a pipe', { stdoutTTY: false }, { resultColour: false }],
    ['messages into a file', { stderrTTY: false }, { interactive: false, colour: false, animated: false }],
    ['--no-input', { flags: { noInput: true } }, { interactive: false }],
    ['--json', { flags: { json: true } }, { resultColour: false }],
    ['--no-color', { flags: { noColor: true } }, colourless],
    ['--no-color over FORCE_COLOR', { env: { FORCE_COLOR: '1' }, flags: { noColor: true } }, colourless],
    ['NO_COLOR', { env: { NO_COLOR: '1' } }, colourless],
    ['NO_COLOR=0 still means no', { env: { NO_COLOR: '0' } }, colourless],
    ['an empty NO_COLOR', { env: { NO_COLOR: '' } }, {}],
    ['FORCE_COLOR=0', { env: { FORCE_COLOR: '0' } }, colourless],
    ['FORCE_COLOR=false', { env: { FORCE_COLOR: 'false' } }, colourless],
    ['FORCE_COLOR into a pipe', { env: { FORCE_COLOR: '1' }, stdoutTTY: false }, {}],
    ['FORCE_COLOR over NO_COLOR', { env: { FORCE_COLOR: '3', NO_COLOR: '1' } }, {}],
    ['--json over FORCE_COLOR', { env: { FORCE_COLOR: '1' }, flags: { json: true } }, { resultColour: false }],
    ['CI', { env: { CI: 'true' } }, { interactive: false, animated: false }],
    ['CI=0', { env: { CI: '0' } }, {}],
    ['CI=false', { env: { CI: 'false' } }, {}],
    ['an empty CI', { env: { CI: '' } }, {}],
    ['TERM=dumb', { env: { TERM: 'dumb' } }, { ...colourless, animated: false, linear: true }],
    ['ACCESSIBLE=1', { env: { ACCESSIBLE: '1' } }, { animated: false, linear: true }],
    ['ACCESSIBLE=0', { env: { ACCESSIBLE: '0' } }, {}],
    ['--accessible', { flags: { accessible: true } }, { animated: false, linear: true }],
    ['width unknown', { columns: undefined }, { columns: 80 }],
    ['a wide terminal', { columns: 240 }, { columns: 100 }],
    ['a narrow terminal', { columns: 40 }, { columns: 40 }],
  ])('%s', (_, change, expected) => {
    expect(decideTerminal({ ...atTerminal, ...change })).toEqual({ ...usual, ...expected });
  });
});
