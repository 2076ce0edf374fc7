import { customerField } from '../access-fields.ts';
import { Problem } from '../errors.ts';
import { objectionTo } from '../questionnaire.ts';
import type { Session } from '../session.ts';
import type { Access } from '../state/state.ts';

/**
 * Whose connection a run is about: the one that was named, the only one there is to resume, or what the user says.
 * @returns undefined for a setup where nobody can be asked: the account then names it
 */
export const chooseCustomer = async (
  { terminal, store }: Session,
  named: string | undefined,
  mode: 'setup' | 'resume' | 'handover' | 'remove',
): Promise<string | undefined> => {
  if (named !== undefined) return named;
  if (mode !== 'setup') return existing({ terminal, store }, mode);
  if (!terminal.interactive) return undefined;
  return terminal.ask({
    id: customerField.id,
    message: `${customerField.label}: ${customerField.rule}, such as ${customerField.example}`,
    check: (text) => objectionTo(customerField, text),
  });
};

const existing = async ({ terminal, store }: Pick<Session, 'terminal' | 'store'>, command: string): Promise<string> => {
  const names = await store.list();
  const [only] = names;
  if (only === undefined)
    throw new Problem(
      `There is no connection to ${command === 'remove' ? 'take back' : 'go on with yet'}.`,
      ['Make one: spot-cur setup <customer>'],
      'usage',
    );
  if (names.length === 1) return only;
  if (!terminal.interactive)
    throw new Problem(
      'There are several connections, and none was named.',
      [`Name one of ${names.join(', ')}: spot-cur ${command} ${only}`],
      'usage',
    );
  return terminal.choose({
    id: customerField.id,
    message: 'Which customer?',
    choices: names.map((value) => ({ value, label: value })),
  });
};

/** The account id is the name that nobody has to choose. */
export const nameFor = async (session: Session, access: Access): Promise<string> => {
  const { aws } = await session.connect(access);
  return (await aws.identity.whoAmI()).account;
};
