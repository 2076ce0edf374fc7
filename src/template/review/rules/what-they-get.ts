import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { holeIn, listed, literal, shown, type Text } from '../value.ts';
import { actionsOverlap, covers, isPattern } from '../wildcards.ts';
import { accountPowers } from './account-powers.ts';
import { identityPowers } from './identity-powers.ts';
import type { Power } from './power.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What policies of identities let them do, S3 left to a rule of its own. */
export const whatTheyGet: Rule = (context) => [
  ...context.unreadable.map(({ resource, place, why }) =>
    remark('unresolved-policy', 'alarm', resource.id, [
      `A policy of ${resource.id} can't be known before it is deployed.`,
      `${place}: ${why}`,
      'Ask for a template that spells its policies out.',
    ]),
  ),
  ...context.statements.flatMap(unresolved),
  ...context.statements.filter(({ kind }) => kind === 'identity').flatMap((each) => granted(each, context)),
];

/** Whether an action is everything at once; what it means in detail need not be said. */
export const isEverything = (pattern: string): boolean => /^[*?]*(:[*?]*)?$/.test(pattern) && pattern.includes('*');

/** What a statement applies to. */
export const resourcesOf = ({ resources }: Statement): readonly Text[] => (resources.length > 0 ? resources : [['*']]);

const unresolved = ({
  resource,
  place,
  actions,
  notActions,
  resources,
  notResources,
}: Statement): readonly Remark[] => {
  const hole = (rule: string, what: string, texts: readonly Text[]) =>
    texts
      .filter((text) => holeIn(text))
      .map((text) =>
        remark(rule, 'alarm', resource.id, [
          `${what} a policy of ${resource.id} can't be known before it is deployed.`,
          `${shown(text)} in ${place}`,
          'Ask for a template that spells it out, or give the parameter that it depends on with --param.',
        ]),
      );
  const odd = actions.filter(({ pattern, text }) => pattern === undefined && !holeIn(text)).map(({ text }) => text);
  return [
    ...hole('unresolved-action', 'Which actions are allowed by', [
      ...actions.map(({ text }) => text),
      ...notActions,
      ...odd.map((text) => [...text, { hole: 'a name instead of an action' }]),
    ]),
    ...hole('unresolved-resource', 'What is opened by', [...resources, ...notResources]),
  ];
};

const granted = (statement: Statement, context: Context): readonly Remark[] => {
  const { resource, place, notActions, notResources } = statement;
  const actions = statement.actions.flatMap(({ pattern }) => pattern ?? []);
  const say = (rule: string, level: Remark['level'], title: string, evidence: string, advice: string) =>
    remark(rule, level, resource.id, [title, `${evidence} in ${place}`, advice]);
  const remarks: Remark[] = [];
  if (notActions.length > 0)
    remarks.push(
      say(
        'not-action',
        'alarm',
        `${resource.id} allows everything but a few actions.`,
        `NotAction ${listed(notActions)}`,
        'An Allow with NotAction gives whatever AWS adds later, too. Ask for a list of what is needed.',
      ),
    );
  if (notResources.length > 0)
    remarks.push(
      say(
        'not-resource',
        'alarm',
        `${resource.id} allows its actions on everything but a few resources.`,
        `NotResource ${listed(notResources)}`,
        'Ask for a list of what is needed instead.',
      ),
    );
  const everything = actions.filter(isEverything);
  if (everything.length > 0)
    remarks.push(
      say(
        'everything',
        'alarm',
        `${resource.id} gives an administrator's rights.`,
        `Action ${everything.join(', ')} on ${listed(resourcesOf(statement))}`,
        `Whoever has it owns this account. ${askSpot}`,
      ),
    );
  const certain = actions.filter((action) => !isEverything(action));
  return [
    ...remarks,
    ...[...identityPowers, ...accountPowers].flatMap((power) => powered(power, certain, statement, context)),
    ...broad(certain, statement),
  ];
};

const powered = (
  power: Power,
  actions: readonly string[],
  statement: Statement,
  context: Context,
): readonly Remark[] => {
  const { resource, place } = statement;
  const meant = actions.filter(
    (action) =>
      power.actions.some((each) => actionsOverlap(each, action)) && !power.except?.some((each) => covers(each, action)),
  );
  const targets = resourcesOf(statement).filter((text) => !isOwn(text, power, context) && !isPublic(text));
  return meant.length === 0 || targets.length === 0
    ? []
    : [
        remark(power.rule, power.level, resource.id, [
          `${resource.id} ${power.title}.`,
          `${meant.slice(0, 20).join(', ')} on ${listed(targets)} in ${place}`,
          power.advice,
        ]),
      ];
};

const isOwn = (text: Text, { ownTypes }: Power, context: Context): boolean =>
  ownTypes?.test(ownByArn(text, context)?.type ?? '') ?? false;

/** Parameters that AWS publishes for everyone. */
const isPublic = (text: Text): boolean =>
  /^arn:aws:ssm:[a-z0-9*-]*::parameter\/aws\/service\//.test(literal(text) ?? '');

const reading = /^[^:]+:(Get|List|Describe|BatchGet|Search|Query|View|Lookup|Head|Select|Estimate|Check)/i;
const harmlessServices = /^(logs|cloudwatch|xray|athena|glue|ce|cur|pricing|tag|servicequotas|compute-optimizer|s3):/i;

/** Wildcards on wildcards that no other rule knows by name. */
const broad = (actions: readonly string[], { resource, place, ...statement }: Statement): readonly Remark[] => {
  const targets = resourcesOf({ resource, place, ...statement }).filter((text) => /^[*?:]+$/.test(literal(text) ?? ''));
  const wide = targets.length === 0 ? [] : actions.filter((action) => isPattern(action) && !reading.test(action));
  const whole = wide.filter((action) => /:[*?]*$/.test(action) && !harmlessServices.test(action));
  const rest = wide.filter((action) => !whole.includes(action) && !/^(s3|pricing):/i.test(action));
  return [
    ...(whole.length > 0
      ? [
          remark('whole-service', 'alarm', resource.id, [
            `${resource.id} may do everything in a whole service of AWS, to whatever lies in this account.`,
            `${whole.join(', ')} on * in ${place}`,
            askSpot,
          ]),
        ]
      : []),
    ...(rest.length > 0
      ? [
          remark('broad-rights', 'warning', resource.id, [
            `${resource.id} has rights with wildcards, on everything in this account.`,
            `${rest.join(', ')} on * in ${place}`,
            'Ask Spot for a list of the actions and resources that are needed.',
          ]),
        ]
      : []),
  ];
};
