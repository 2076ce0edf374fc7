import { whose } from '../accounts.ts';
import { sourceIn, worst } from '../conditions.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { literal, shown, type Text, textsAt } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Whom permissions on functions, layers and event buses let in: policies of one sentence, by another name. */
export const permissions: Rule = (context) =>
  context.resources
    .filter(({ type }) => /^AWS::Lambda::(Permission|LayerVersionPermission)$|^AWS::Events::EventBusPolicy$/.test(type))
    .flatMap((resource) => textsAt(resource.properties, 'Principal').map((text) => letsIn(text, resource, context)));

const letsIn = (text: Text, resource: Resource, context: Context): Remark => {
  const { id } = resource;
  const seen = `Principal ${shown(text)}`;
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(literal(text) ?? '')) return service(resource, seen, context);
  switch (whose(text, context)) {
    case 'unknown':
      return remark('unresolved-principal', 'alarm', id, [
        `Who ${id} lets in can't be known before it is deployed.`,
        seen,
        askSpot,
      ]);
    case 'everyone':
      return remark('open-to-everyone', 'alarm', id, [
        `${id} lets everyone in the world in.`,
        seen,
        'Do not deploy it.',
      ]);
    case 'own-account':
    case 'own-resource':
      return remark('own-account-principal', 'note', id, [
        `${id} lets identities of this account in.`,
        seen,
        'Nothing to do.',
      ]);
    case 'outside':
      return remark('outside-account-resource', 'alarm', id, [
        `${id} lets an account outside yours in.`,
        seen,
        `Compare the account with what Spot told you. ${askSpot}`,
      ]);
  }
};

const service = ({ id, properties }: Resource, seen: string, context: Context): Remark => {
  const accounts = textsAt(properties, 'SourceAccount').map((text) => sourceIn(text, context));
  const arns = textsAt(properties, 'SourceArn').map((text) => sourceIn(text, context));
  const tied = [accounts, arns].some((found) => found.length > 0 && found.every((each) => each === 'own'));
  const source = tied ? 'own' : worst([...accounts, ...arns]);
  switch (source) {
    case 'own':
      return remark('service-principal', 'note', id, [
        `${id} lets an AWS service call a function.`,
        seen,
        'Nothing to do.',
      ]);
    case 'untied':
      return remark('service-without-source', 'warning', id, [
        `${id} lets an AWS service call a function, on behalf of whichever account asks it to.`,
        seen,
        'Ask for a SourceArn or SourceAccount.',
      ]);
    case 'outside':
    case 'anyone':
      return remark('service-for-outside', 'alarm', id, [
        `${id} lets an AWS service call a function on behalf of ${source === 'outside' ? 'an account outside yours' : 'any account of the world'}.`,
        [seen, ...['SourceArn', 'SourceAccount'].flatMap((key) => textsAt(properties, key)).map(shown)].join(', '),
        askSpot,
      ]);
  }
};
