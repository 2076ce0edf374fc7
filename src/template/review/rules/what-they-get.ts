import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { holeIn, listed, literal, shown, type Text } from '../value.ts';
import { actionsOverlap, covers, overlap } from '../wildcards.ts';
import { accountPowers } from './account-powers.ts';
import { broad } from './broad-rights.ts';
import { identityPowers } from './identity-powers.ts';
import type { Power } from './power.ts';
import { isEverything, isInEveryService, resourcesOf } from './reach.ts';
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

const unresolved = ({
  resource,
  place,
  actions,
  notActions,
  resources,
  notResources,
}: Statement): readonly Remark[] => {
  // No action is called after a stack or a resource.
  const odd = actions.filter(({ pattern }) => pattern === undefined).map(({ text }) => text);
  const hole = (rule: string, what: string, texts: readonly Text[]) =>
    texts
      .filter((text) => holeIn(text) || odd.includes(text))
      .map((text) =>
        remark(rule, 'alarm', resource.id, [
          `${what} a policy of ${resource.id} can't be known before it is deployed.`,
          `${shown(text)} in ${place}`,
          'Ask for a template that spells it out, or give the parameter that it depends on with --param.',
        ]),
      );
  return [
    ...hole('unresolved-action', 'Which actions are allowed by', [...actions.map(({ text }) => text), ...notActions]),
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
  const everywhere = actions.filter(isInEveryService);
  if (everywhere.length > 0)
    remarks.push(
      say(
        'every-service',
        'alarm',
        `${resource.id} may do the same in every service of AWS.`,
        `${everywhere.slice(0, 20).join(', ')} on ${listed(resourcesOf(statement))}`,
        'Ask for a list of the services and actions that are needed.',
      ),
    );
  const certain = actions.filter((action) => !isEverything(action) && !isInEveryService(action));
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
  const targets = resourcesOf(statement).filter(
    (text) => !isOwn(text, power, context) && !isPublic(text) && isThere(text, power),
  );
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

/** Whether the power can be used on what the text may mean. */
const isThere = (text: Text, { where }: Power): boolean =>
  where === undefined || overlap(text.map((part) => (typeof part === 'string' ? part : '*')).join(''), where);

/** Parameters that AWS publishes for everyone. */
const isPublic = (text: Text): boolean =>
  /^arn:aws:ssm:[a-z0-9*-]*::parameter\/aws\/service\//.test(literal(text) ?? '');
