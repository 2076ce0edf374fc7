import { Problem } from './errors.ts';
import type { Terminal } from './terminal/terminal.ts';
import { wrapped } from './terminal/wrap.ts';

/**
 * Asks whoever sits at the terminal for the code of an MFA device. `refused` is true when AWS did not take the one before.
 * @throws Problem (credentials) where nobody can be asked
 */
export const askForCode = async (terminal: Terminal, serial: string, refused = false): Promise<string> => {
  if (!terminal.interactive)
    throw new Problem(
      `The role asks for a code of the MFA device ${serial}, and nobody can be asked here.`,
      ['Run the same command at a terminal, or use credentials that have a session already.'],
      'credentials',
    );
  if (refused)
    terminal.say(
      wrapped(
        'AWS did not take that code. Each code is good for one session: wait for the next one.',
        terminal.columns,
      ),
    );
  return terminal.ask({
    id: 'mfa-code',
    message: `Code of the MFA device ${serial}`,
    secret: true,
    check: (text) => (/^\d{6}$/.test(text) ? undefined : 'A code has exactly 6 digits.'),
  });
};
