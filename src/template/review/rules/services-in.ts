import { type Source, sourceOf } from '../conditions.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { literal, shown, type Text } from '../value.ts';
import { verb, what } from './guarded.ts';
import { askSpot, remark } from './rule.ts';

const oddServices = /^(rolesanywhere|credentials\.iot|ssm|member\.org\.stacksets\.cloudformation|cloudformation)\./;

/** A service of AWS that a policy lets in, and on whose behalf. */
export const service = (text: Text, statement: Statement, context: Context): readonly Remark[] => {
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
