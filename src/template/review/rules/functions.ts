import { isOwnAccount, plain } from '../accounts.ts';
import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { runtimeDates, soonDays } from '../runtimes.ts';
import { at, literal, shown, type Text, textsAt } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Lambda functions: runtime, inline code, layers. Code from S3 is a rule of its own. */
export const functions: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...textsAt(resource.properties, 'Runtime').flatMap((text) => runtime(resource, text, context)),
    ...(at(resource.properties, 'Code', 'ZipFile').length > 0 ? [inline(resource)] : []),
    ...textsAt(resource.properties, 'Layers').flatMap((text) => layer(resource, text, context)),
  ]);

const day = 24 * 60 * 60 * 1_000;

const runtime = ({ id, type }: Resource, text: Text, { given }: Context): readonly Remark[] => {
  const name = literal(text);
  if (!type.startsWith('AWS::Lambda::')) return [];
  const dates = name === undefined ? undefined : runtimeDates(name);
  const seen = `Runtime ${shown(text)}`;
  if (!dates)
    return [
      remark('unknown-runtime', 'warning', id, [
        `${id} runs on a Lambda runtime that this review does not know.`,
        seen,
        'See whether it is listed at https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
      ]),
    ];
  const retired = Date.parse(dates.retired);
  if (given.now >= Date.parse(dates.refused))
    return [
      remark('refused-runtime', 'warning', id, [
        `AWS no longer creates functions on the runtime of ${id}: the stack will fail.`,
        `${seen}, refused since ${dates.refused}`,
        'Ask Spot for a link to a template with a current runtime.',
      ]),
    ];
  if (given.now >= retired)
    return [
      remark('retired-runtime', 'warning', id, [
        `The runtime of ${id} gets no security patches any more.`,
        `${seen}, retired on ${dates.retired}`,
        'Ask Spot for a template with a current runtime.',
      ]),
    ];
  return given.now >= retired - soonDays * day
    ? [
        remark('ageing-runtime', 'note', id, [
          `The runtime of ${id} retires soon.`,
          `${seen}, retires on ${dates.retired}`,
          'Ask Spot when the template will move to a newer one.',
        ]),
      ]
    : [];
};

const inline = ({ id }: Resource): Remark =>
  remark('inline-code', 'note', id, [
    `The code of ${id} is written in the template itself.`,
    'Code.ZipFile',
    'Read it there; this review has not.',
  ]);

/**
 * Accounts in which AWS publishes layers: Powertools, Lambda Insights, AppConfig, SDK for pandas, OpenTelemetry, the extension
 * for parameters and secrets.
 */
const publishers = ['017000801446', '580247275435', '027255383542', '336392948345', '901920570463', '177933569100'];

const layer = ({ id }: Resource, text: Text, context: Context): readonly Remark[] => {
  if (ownByArn(text, context)?.type === 'AWS::Lambda::LayerVersion') return [];
  const account = plain(text)?.split(':')[4] ?? '';
  const ours = isOwnAccount(account, context);
  const published = publishers.includes(account);
  return [
    ours || published
      ? remark('layer', 'warning', id, [
          `${id} loads a layer that is not in the template, ${ours ? 'from this account' : "from one of AWS's accounts"}.`,
          shown(text),
          'This review has not read its code.',
        ])
      : remark('outside-layer', 'alarm', id, [
          `${id} loads code from a layer of an account outside yours.`,
          shown(text),
          `Whoever owns the layer decides what runs. ${askSpot}`,
        ]),
  ];
};
