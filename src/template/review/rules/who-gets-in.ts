import { whose } from '../accounts.ts';
import { asksForExternalId, limitedToOwnAccount } from '../conditions.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import type { Principal } from '../principals.ts';
import { holeIn, shown, type Text } from '../value.ts';
import { verb, what } from './guarded.ts';
import { askSpot, type Rule, remark } from './rule.ts';
import { service } from './services-in.ts';

/** Trust policies and resource policies: whom they let in, from where, under which condition. */
export const whoGetsIn: Rule = (context) =>
  context.statements
    .filter(({ resource }) => resource.type !== 'AWS::EC2::VPCEndpoint')
    .flatMap((statement) => [
      ...(statement.notPrincipal ? [everyoneBut(statement)] : []),
      ...statement.principals.flatMap((principal) => letIn(principal, statement, context)),
    ]);

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
      return /^arn:[^:]*:iam::cloudfront:/.test(shown(text))
        ? say(
            'content-network',
            'alarm',
            `Whoever owns a CloudFront distribution may have it ${verb(statement)} ${what(statement)}, and show it to the world.`,
            `Nothing of a report has to be on the internet. ${askSpot}`,
          )
        : outside(statement, say);
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
