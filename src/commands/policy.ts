import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { Problem } from '../errors.ts';
import type { Objection } from '../field.ts';
import { documentOf } from '../policy/document.ts';
import type { ExtractorTemplate } from '../policy/extractor-stack.ts';
import { isPhase, type Names, type Phase, phases } from '../policy/grant.ts';
import { grantsFor, typesWithoutGrants } from '../policy/grants.ts';
import type { Session } from '../session.ts';
import type { Access, Answers, State } from '../state/state.ts';
import { proposedStackName } from '../steps/athena/fields.ts';
import { proposedName } from '../steps/extractor/fields.ts';
import { parametersFor } from '../steps/extractor/parameters.ts';
import { steps } from '../steps/index.ts';
import { procedureName, procedurePrefix } from '../steps/procedure.ts';
import { readQuickCreateLink } from '../template/quick-create-link.ts';
import { readTemplate, templateText } from '../template/template.ts';
import { policyNotes } from '../terminal/views/policy.ts';
import { json } from '../text.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess } from './open-connection.ts';
import type { PolicyOptions } from './options.ts';
import { readOffered } from './read-offered.ts';

const fields = steps.flatMap((step) => step.fields);

/** Prints the least IAM policy for this work. Asks AWS for nothing but the extractor's template. @returns the exit code */
export const policy = async (session: Session, options: PolicyOptions): Promise<number> => {
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  refuseAny([...given.objections, ...unknownPhases(options.phases), ...session.objections()]);
  const state = given.customer === undefined ? undefined : await connectionNamed(session, given.customer);
  const answers = { ...state?.answers, ...given.answers };
  refuseAny(steps.flatMap((step) => step.disagreements(answers)));
  const access = mergedAccess(state?.access, given.access);
  const chosen = options.phases.length > 0 ? phases.filter((each) => options.phases.includes(each)) : phases;
  const link = typeof answers.link === 'string' ? readQuickCreateLink(answers.link) : undefined;
  const names = namesFrom({ answers, access, account: accountFrom({ state, access }, given.answers) }, link?.stackName);
  const extractor = link && (await templateOf(session, { link, answers, access, names, chosen }));
  const document = documentOf(
    chosen.flatMap((phase) => grantsFor(phase, names, { extractor, deleteData: options.deleteData })),
  );
  session.terminal.result(json(document));
  const notes = {
    customer: given.customer,
    document,
    names,
    chosen,
    named: options.phases.length > 0,
    role: access.roleArn?.replace(/^.*\//, ''),
    keepsData: !options.deleteData && chosen.includes('remove'),
    withoutLink: link === undefined && chosen.some(createsExtractor),
    unknownTypes: extractor?.contents ? typesWithoutGrants(names, extractor) : [],
  };
  session.terminal.say(policyNotes(notes, session.terminal.columns));
  return 0;
};

const unknownPhases = (given: readonly string[]): readonly Objection[] =>
  given
    .filter((each) => !isPhase(each))
    .map((value) => ({
      field: '--phase',
      value,
      rule: `a phase is ${phases.slice(0, -1).join(', ')} or ${phases.at(-1)}`,
      example: '--phase status',
    }));

const connectionNamed = async ({ store }: Session, customer: string): Promise<State> => {
  const state = await loadChecked(store, customer, fields);
  if (state) return state;
  throw new Problem(
    `There is no connection named ${customer}.`,
    [
      'Leave the customer away for a policy before there is one: spot-cur policy',
      `Make it: spot-cur setup ${customer}`,
    ],
    'usage',
  );
};

/** `*` where nothing says which account: IAM takes that in an ARN. @throws Problem (wrong-account) when two things say different ones */
const accountFrom = (
  { state, access: { roleArn } }: { readonly state: State | undefined; readonly access: Access },
  answers: Answers,
): string => {
  const named = typeof answers.account === 'string' ? answers.account : undefined;
  const [, role] = /^arn:[^:]+:iam::(\d{12}):/.exec(roleArn ?? '') ?? [];
  if (state && named !== undefined && named !== state.account)
    throw new Problem(
      `${state.customer} is the connection of account ${state.account}, and --account names ${named}.`,
      ['Leave --account away, or leave the customer away.'],
      'wrong-account',
    );
  const account = named ?? state?.account;
  if (role !== undefined && account !== undefined && role !== account)
    throw new Problem(
      `The role is of account ${role}, and ${named === undefined ? `${state?.customer} is the connection of` : '--account names'} ${account}.`,
      [`Name a role of account ${account} with --role-arn.`],
      'wrong-account',
    );
  return account ?? role ?? '*';
};

interface Known {
  readonly answers: Answers;
  readonly access: Access;
  readonly account: string;
}

const namesFrom = ({ answers, access, account }: Known, linked: string | undefined): Names => {
  const text = (id: string) => (typeof answers[id] === 'string' ? answers[id] : undefined);
  return {
    partition: /^arn:([^:]+):/.exec(access.roleArn ?? '')?.[1] ?? 'aws',
    account,
    bucket: text('bucket') ?? text('report-name') ?? procedureName,
    reportName: text('report-name') ?? text('bucket') ?? procedureName,
    prefix: text('prefix') ?? procedurePrefix,
    stackName: text('stack-name') ?? proposedStackName,
    extractorStackName: text('extractor-stack-name') ?? proposedName(linked),
    ...(access.roleArn && { principals: [access.roleArn] }),
  };
};

const createsExtractor = (phase: Phase): boolean => phase === 'extractor' || phase === 'remove';

interface Linked extends Omit<Known, 'account'> {
  readonly link: ReturnType<typeof readQuickCreateLink>;
  readonly names: Names;
  readonly chosen: readonly Phase[];
}

/** The template is read only where rights come from it: for the other phases no credentials are needed. */
const templateOf = async (
  session: Session,
  { link, answers, access, names, chosen }: Linked,
): Promise<ExtractorTemplate> => {
  const { template: address } = link;
  if (!chosen.some(createsExtractor)) return { address };
  const { aws } = await session.connect(access);
  const bytes = await readOffered(aws, address);
  const { values } = parametersFor(readTemplate(bytes, address.url), link, {
    bucket: names.bucket,
    ...(typeof answers['cur-bucket'] === 'string' && { 'cur-bucket': answers['cur-bucket'] }),
  });
  return { address, contents: { text: templateText(bytes, address.url), parameters: values } };
};
