import type { Terminal } from '../../src/terminal/terminal.ts';
import { type ScriptedTerminal, scriptedTerminal } from './scripted-terminal.ts';

/** A terminal at which the name is typed while something happens elsewhere. */
export const typingWhile = (happens: () => void, name = 'acme'): Terminal & Pick<ScriptedTerminal, 'transcript'> => {
  const terminal = scriptedTerminal({});
  return {
    ...terminal,
    async ask() {
      happens();
      return name;
    },
  };
};
