import { arnOf, isOwnAccount } from '../accounts.ts';
import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import { wholeTemplate } from '../findings.ts';
import { intrinsics } from '../intrinsics.ts';
import { holeIn, shown, type Text, textsAt } from '../value.ts';
import { isMap } from '../whole.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What makes a template something else than what is written: transforms, lookups, code that answers, what can't be read. */
export const machinery: Rule = (context) => [
  ...tokens(context),
  ...stays(context),
  ...written(context),
  ...limits(context),
];

const tokens: Rule = (context) =>
  context.resources
    .filter(({ type }) => /^Custom::|^AWS::CloudFormation::CustomResource$/.test(type))
    .flatMap(({ id, properties }) => {
      const found = textsAt(properties, 'ServiceToken');
      const outside = found.filter((text) => !/^AWS::(Lambda::|SNS::Topic$)/.test(ownByArn(text, context)?.type ?? ''));
      return outside.map((text) =>
        remark('outside-service-token', 'alarm', id, [
          `${id} is made by ${makerOf(text, context)}.`,
          `ServiceToken ${shown(text)}`,
          `That code is told about the stack and answers with whatever it likes. ${askSpot}`,
        ]),
      );
    });

const makerOf = (text: Text, context: Context): string => {
  if (holeIn(text)) return "code that can't be known before it is deployed";
  return isOwnAccount(arnOf(text)?.account ?? '', context)
    ? 'a function that exists already, not by the template'
    : 'code outside this account, not by the template';
};

/** Rights and code that outlive the stack are easily forgotten; data is kept on purpose. */
const stays: Rule = ({ template }) =>
  [...template.resources]
    .filter(
      ([, resource]) => resource.stays && /^AWS::(IAM|Lambda|Events|Scheduler|CloudFormation)::/.test(resource.type),
    )
    .map(([id, { type }]) =>
      remark('stays', 'warning', id, [
        `${id} stays in the account when the stack is deleted.`,
        `DeletionPolicy of ${type}`,
        'Ask Spot why, and delete it by hand when the stack goes.',
      ]),
    );

const harmlessSections =
  /^(AWSTemplateFormatVersion|Description|Metadata|Parameters|Mappings|Conditions|Rules|Resources|Outputs|Transform)$/;

const written = ({ template, given, scope }: Context) => {
  const seen = { transforms: [] as string[], functions: [] as string[], lookups: [] as string[], nodes: 0 };
  look(template.document, seen);
  evaluateRest(template.document, scope);
  seen.lookups.push(...scope.lookups);
  if (seen.nodes > mostNodes) scope.budget.exceeded ??= 'it is too large';
  for (const [key, value] of Object.entries(given.parameters))
    if (value.includes('{{resolve:')) seen.lookups.push(`the parameter ${key}`);
  const sections = isMap(template.document) ? Object.keys(template.document) : [];
  if (isMap(template.document) && sections.includes('Transform'))
    seen.transforms.push(...[template.document.Transform].flat().map(transformName));
  const odd = sections.filter((name) => !harmlessSections.test(name));
  return [
    ...say(
      seen.transforms,
      'transform',
      'The template is rewritten by a transform before it is deployed.',
      `What it becomes is not what has been reviewed. ${askSpot}`,
    ),
    ...say(seen.functions, 'unknown-function', 'The template uses functions that this review does not know.', askSpot),
    ...say(
      seen.lookups,
      'dynamic-reference',
      'The template looks up values elsewhere while it is deployed ({{resolve:…}}).',
      `They may be secrets of this account, or what someone else writes there. ${askSpot}`,
    ),
    ...say(odd, 'unknown-section', 'The template has sections that this review does not know.', askSpot),
  ];
};

/** What is no property may hold lookups as well, put together from pieces. */
const evaluateRest = (document: unknown, { evaluate }: Context['scope']): void => {
  const { Outputs, Resources } = isMap(document) ? document : {};
  evaluate(Outputs, 0);
  for (const resource of Object.values(isMap(Resources) ? Resources : {}))
    if (isMap(resource))
      for (const [key, value] of Object.entries(resource)) if (key !== 'Properties') evaluate(value, 0);
};

const say = (found: readonly string[], rule: string, title: string, advice: string) =>
  found.length === 0
    ? []
    : [
        remark(rule, 'alarm', wholeTemplate, [
          title,
          [...new Set(found)].slice(0, 20).join(', ').slice(0, 500),
          advice,
        ]),
      ];

/** One with parameters is a map that bears its name. */
const transformName = (transform: unknown): string => {
  const name = isMap(transform) ? transform.Name : transform;
  return typeof name === 'string' ? `Transform ${name}` : 'Transform';
};

const conditions =
  /^Fn::(And|Or|Not|Equals|Cidr|GetAZs|Length|Contains|EachMemberEquals|EachMemberIn|RefAll|ValueOf|ValueOfAll)$/;
const mostNodes = 400_000;

interface Seen {
  readonly transforms: string[];
  readonly functions: string[];
  readonly lookups: string[];
  nodes: number;
}

const look = (raw: unknown, seen: Seen, depth = 0): void => {
  seen.nodes += 1;
  if (depth > 100) seen.nodes = mostNodes + 1;
  if (seen.nodes > mostNodes) return;
  if (typeof raw === 'string' && raw.includes('{{resolve:')) seen.lookups.push(raw.slice(0, 120));
  if (Array.isArray(raw)) for (const each of raw) look(each, seen, depth + 1);
  if (!isMap(raw)) return;
  const keys = Object.keys(raw);
  for (const key of keys) lookAtKey(key, keys.length === 1, seen);
  for (const value of Object.values(raw)) look(value, seen, depth + 1);
};

const lookAtKey = (key: string, alone: boolean, seen: Seen): void => {
  if (key.includes('{{resolve:')) seen.lookups.push(key.slice(0, 120));
  const known = Object.hasOwn(intrinsics, key) || conditions.test(key);
  if (/^Fn::(Transform|ForEach)/.test(key)) seen.transforms.push(key);
  else if (key === '<<') seen.functions.push('a YAML merge');
  else if (key.startsWith('Fn::') && !(alone && known)) seen.functions.push(key);
};

const limits = ({ template, scope }: Context) => [
  ...(scope.budget.exceeded === undefined
    ? []
    : [
        remark('too-complicated', 'alarm', wholeTemplate, [
          'The template is too complicated to review.',
          scope.budget.exceeded,
          'No honest extractor needs that much. Ask Spot for a plain one.',
        ]),
      ]),
  ...template.flaws.map((flaw) =>
    remark('unreadable', 'alarm', wholeTemplate, [
      'A part of the template can not be read as CloudFormation would.',
      flaw,
      'Have the file looked at by whoever made it.',
    ]),
  ),
];
