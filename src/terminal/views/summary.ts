import type { ConnectionStatus } from '../../connection-status.ts';
import type { Field } from '../../field.ts';
import type { State } from '../../state/state.ts';
import { shellWord } from '../../text.ts';
import type { Style } from '../style.ts';
import { unbroken, wrapped } from '../wrap.ts';
import { when } from './times.ts';

export interface SummaryFacts {
  readonly ending: 'done' | 'waiting' | 'your-turn' | 'blocked' | 'planned' | 'declined';
  readonly status: ConnectionStatus;
  readonly state: State;
  readonly fields: readonly Field[];
  readonly mode: 'setup' | 'resume';
  /** True when nothing was written, and nothing was kept. */
  readonly dryRun: boolean;
}

/** The last words of a run: what comes next and when, and the same run as one line without questions. Times in ms. */
export const endSummary = (facts: SummaryFacts, now: number, style: Style, columns: number): string => {
  const { ending, status, state, mode } = facts;
  const prose = (text: string) => wrapped(text, columns);
  const [first, command] = nextWords(status);
  const due = status.steps.find(({ move }) => move.kind === 'wait')?.move.expectedBy;
  const date = due === undefined || Date.parse(due) < now ? '' : `, by ${when(Date.parse(due), now)}`;
  const next = command ? `${first}${date}:\n\n  ${style.command(unbroken(command))}` : first;
  return [
    '',
    {
      done: prose(`${style.good('✔')} ${style.strong('All three steps are done.')} ${first}`),
      waiting: prose(`Everything is saved. ${next}`),
      'your-turn': prose(`Everything is saved. ${next}`),
      blocked: prose(`${blockedWords(facts)}:\n\n  ${style.command(unbroken(goOn(facts)))}`),
      planned: prose('This was a dry run: nothing was written.'),
      declined: prose(
        `Nothing was written. Your answers are saved; change them with flags, or go on:\n\n  ${style.command(unbroken(`spot-cur resume ${state.customer}`))}`,
      ),
    }[ending],
    ...(mode === 'setup' && ending !== 'blocked'
      ? ['', style.faint(`The same without questions:\n  ${brokenUp(commandLine(facts), columns)}`)]
      : []),
  ].join('\n');
};

const blockedWords = ({ dryRun, state }: SummaryFacts): string => {
  if (!dryRun) return 'Everything done so far is saved. When it is mended';
  const unsaved = state.serial === 0 ? ', and the connection is not saved yet: it begins with setup' : '';
  return `This was a dry run: nothing was written${unsaved}. When it is mended`;
};

/** A connection that was never saved can't be resumed. */
const goOn = ({ state }: SummaryFacts): string =>
  `spot-cur ${state.serial === 0 ? 'setup' : 'resume'} ${state.customer}`;

/** "Do this: command" as its two parts. */
const nextWords = ({ next }: ConnectionStatus): [string, string | undefined] => {
  const at = next.indexOf(': spot-cur ');
  return at < 0 ? [next, undefined] : [next.slice(0, at), next.slice(at + 2)];
};

/** The run as a non-interactive command line. */
const commandLine = ({ state, fields }: SummaryFacts): readonly string[] => {
  const flags = fields.flatMap(({ id, fleeting }) => {
    const answer = state.answers[id];
    // What is empty is what nobody has to say.
    if (answer === undefined || answer === '' || fleeting) return [];
    return [answer].flat().map((each) => `--${id} ${shellWord(String(each))}`);
  });
  const { profile, roleArn, externalId, mfaSerial } = state.access;
  const access = Object.entries({
    profile,
    'role-arn': roleArn,
    'external-id': externalId,
    'mfa-serial': mfaSerial,
  }).flatMap(([id, value]) => (value ? [`--${id} ${shellWord(value)}`] : []));
  const account = state.answers.account === undefined ? [`--account ${state.account}`] : [];
  return [`spot-cur setup ${state.customer}`, '--yes', ...account, ...access, ...flags];
};

/** A command over several lines that a shell takes as one. */
const brokenUp = (words: readonly string[], columns: number): string => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 7 <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(' \\\n    ');
};
