import { whose } from '../accounts.ts';
import { asksForExternalId, limitedToOwnAccount, type Source, sourceOf } from '../conditions.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import type { Principal } from '../principals.ts';
import { holeIn, literal, shown, type Text } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Trust policies and resource policies: whom they let in, from where, under which condition. */
export const whoGetsIn: Rule = (context) =>
  context.statements
    .filter(({ resource }) => resource.type !== 'AWS::EC2::VPCEndpoint')
    .flatMap((statement) => [
      ...(statement.notPrincipal ? [everyoneBut(statement)] : []),
      ...statement.principals.flatMap((principal) => letIn(principal, statement, context)),
    ]);

const what = ({ kind, resource }: Statement): string =>
  kind === 'trust' ? `the role ${resource.id}` : `what ${resource.id} guards`;
const verb = ({ kind }: Statement): string => (kind === 'trust' ? 'assume' : 'use');

const everyoneBut = (statement: Statement): Remark =>
  remark('not-principal', 'alarm', statement.resource.id, [
    `Everyone in the world but those named may ${verb(statement)} ${what(statement)}.`,
    `NotPrincipal with Allow in ${statement.place}`,
    'An Allow with NotPrincipal is never what is meant. Have the template corrected before it is deployed.',
  ]);

const letIn = (principal: Principal, statement: Statement, context: Context): readonly Remark[] => {
  const { resource, place } = statement;
  const who = shown(principal.text);
  const say = (rule: string, level: Remark['level'], title: string, advice: string) => [
    remark(rule, level, resource.id, [title, `${who} in ${place}`, advice]),
  ];
  if (holeIn(principal.text))
    return say(
      'unresolved-principal',
      'alarm',
      `Who may ${verb(statement)} ${what(statement)} can't be known before it is deployed.`,
      'Ask for a template that names the principal, or give the parameter that it depends on with --param.',
    );
  if (principal.kind === 'service') return service(principal.text, statement, context);
  if (principal.kind === 'federated')
    return say(
      'federated-principal',
      'alarm',
      `Identities of a federation provider may ${verb(statement)} ${what(statement)}.`,
      `People or programs outside AWS get in this way. ${askSpot}`,
    );
  if (principal.kind !== 'aws')
    return say(
      'odd-principal',
      'alarm',
      `A principal of an unusual kind may ${verb(statement)} ${what(statement)}.`,
      `It can't be told whose it is. ${askSpot}`,
    );
  return account(principal.text, statement, context, say);
};

type Say = (rule: string, level: Remark['level'], title: string, advice: string) => readonly Remark[];

const account = (text: Text, statement: Statement, context: Context, say: Say): readonly Remark[] => {
  switch (whose(text, context)) {
    case 'own-resource':
    case 'own-account':
      return say(
        'own-account-principal',
        'note',
        `Identities of this account may ${verb(statement)} ${what(statement)}.`,
        'Nothing to do, as long as that is meant.',
      );
    case 'everyone':
      return limitedToOwnAccount(statement, context)
        ? say(
            'everyone-in-account',
            'note',
            `Everyone in this account, and no one else, may ${verb(statement)} ${what(statement)}.`,
            'Nothing to do, as long as that is meant.',
          )
        : say(
            'open-to-everyone',
            'alarm',
            `Everyone in the world may ${verb(statement)} ${what(statement)}.`,
            'Do not deploy it. Nothing that exports billing data has to be open to everyone.',
          );
    case 'unknown':
    case 'outside':
      return outside(statement, say);
  }
};

const outside = (statement: Statement, say: Say): readonly Remark[] => {
  if (statement.kind !== 'trust')
    return say(
      'outside-account-resource',
      'alarm',
      `An account outside yours may use what ${statement.resource.id} guards.`,
      `Compare the account with what Spot told you. ${askSpot}`,
    );
  switch (asksForExternalId(statement)) {
    case 'yes':
      return say(
        'outside-account',
        'warning',
        `An account outside yours may assume the role ${statement.resource.id}, with an external id.`,
        'Compare account and external id with what Spot told you, on another channel than the link.',
      );
    case 'unknown':
      return say(
        'unresolved-external-id',
        'alarm',
        `An account outside yours may assume the role ${statement.resource.id}, with an external id that has no value yet.`,
        'Give the parameter that it depends on with --param, as Spot told you.',
      );
    case 'no':
      return say(
        'outside-account-no-external-id',
        'alarm',
        `An account outside yours may assume the role ${statement.resource.id}, and no external id is asked for.`,
        'Anyone who talks that account into it gets in. Ask for a template whose trust policy demands sts:ExternalId.',
      );
  }
};

const oddServices = /^(rolesanywhere|credentials\.iot|ssm|member\.org\.stacksets\.cloudformation|cloudformation)\./;

const service = (text: Text, statement: Statement, context: Context): readonly Remark[] => {
  const name = literal(text);
  const { resource, place } = statement;
  const real = name !== undefined && /^[a-z0-9.-]+\.amazonaws\.com$/.test(name);
  const seen = `${shown(text)} in ${place}`;
  if (!real)
    return [
      remark('odd-service', 'alarm', resource.id, [
        `Something that is no AWS service by its name may ${verb(statement)} ${what(statement)}.`,
        seen,
        askSpot,
      ]),
    ];
  if (statement.kind === 'trust' && oddServices.test(name))
    return [
      remark('unusual-service', 'warning', resource.id, [
        `The role ${resource.id} is for an AWS service that acts for others: machines outside AWS, or other stacks.`,
        seen,
        'Ask Spot what uses it.',
      ]),
    ];
  return [fromSource(sourceOf(statement, context), statement, seen)];
};

const fromSource = (source: Source, statement: Statement, seen: string): Remark => {
  const { id } = statement.resource;
  if (source === 'outside' || source === 'anyone')
    return remark('service-for-outside', 'alarm', id, [
      `An AWS service may ${verb(statement)} ${what(statement)} on behalf of ${source === 'outside' ? 'an account outside yours' : 'any account of the world'}.`,
      seen,
      `That is as good as letting the account itself in. ${askSpot}`,
    ]);
  // A role can only be handed to a service by its own account.
  return source === 'own' || statement.kind === 'trust'
    ? remark('service-principal', 'note', id, [
        `An AWS service may ${verb(statement)} ${what(statement)}.`,
        seen,
        'Nothing to do.',
      ])
    : remark('service-without-source', 'warning', id, [
        `An AWS service may use what ${id} guards, on behalf of whichever account asks it to.`,
        seen,
        'Ask for a condition on aws:SourceAccount or aws:SourceArn.',
      ]);
};
