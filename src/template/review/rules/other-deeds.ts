import { arnOf, isOwnAccount, plain } from '../accounts.ts';
import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { listed, type Text } from '../value.ts';
import { actionsOverlap, covers } from '../wildcards.ts';
import { accountPowers } from './account-powers.ts';
import { identityPowers } from './identity-powers.ts';
import { words } from './power.ts';
import { isEverything, isInEveryService, resourcesOf } from './reach.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What identities may do that no other rule knows by name, to what the template does not create. */
export const otherDeeds: Rule = (context) =>
  context.statements
    .filter(({ kind }) => kind === 'identity')
    .flatMap((statement) => [...deeds(statement, context), ...outside(statement, context)]);

const reading =
  /^[^:]+:(Get|List|Describe|BatchGet|BatchDescribe|Search|Query|View|Lookup|Head|Select|Estimate|Check|Test|Validate|Simulate|Preview|Detect|Scan)/i;

/** Services in which nothing else is harmed, or whose harm has rules of its own. */
const judgedElsewhere =
  /^(s3|iam|sts|kms|logs|cloudwatch|xray|athena|glue|ce|cur|pricing|servicequotas|compute-optimizer):/i;

/** What functions in a VPC and servers need, on resources that can't be named. */
const unnamed = words(`
  ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses
  ec2:AttachNetworkInterface ec2:DetachNetworkInterface lakeformation:GetDataAccess cloudformation:SignalResource
  ssmmessages:* ec2messages:*`);

/** Hands something on to whoever owns the target. */
const sending = words(`
  sns:Publish* sqs:SendMessage* events:PutEvents firehose:PutRecord* kinesis:PutRecord* states:SendTask*`);

const named = [...identityPowers, ...accountPowers];

const deeds = (statement: Statement, context: Context): readonly Remark[] => {
  const { resource, place } = statement;
  const targets = resourcesOf(statement).filter((text) => !ownByArn(text, context));
  if (targets.length === 0) return [];
  const meant = statement.actions.flatMap(({ pattern }) => (pattern && isOtherDeed(pattern) ? [pattern] : []));
  const sent = meant.filter((action) => sending.some((each) => covers(each, action)));
  const done = meant.filter((action) => !sent.includes(action));
  const away = targets.filter((text) => !staysInside(text, context) && outsideAccount(text, context) === undefined);
  const say = (
    rule: string,
    level: Remark['level'],
    title: string,
    [actions, on]: [readonly string[], readonly Text[]],
  ) =>
    actions.length === 0 || on.length === 0
      ? []
      : [
          remark(rule, level, resource.id, [
            `${resource.id} ${title}.`,
            `${actions.slice(0, 20).join(', ')} on ${listed(on)} in ${place}`,
            askSpot,
          ]),
        ];
  return [
    ...say('other-deeds', 'alarm', 'may change or start what the template does not create', [done, targets]),
    ...say('sends-anywhere', 'alarm', 'may send messages to whatever account it likes', [sent, away]),
    ...say('sends', 'warning', 'may send messages to what exists already', [
      sent,
      targets.filter((text) => staysInside(text, context)),
    ]),
  ];
};

/** An action that changes or starts something, and that no power has named. */
const isOtherDeed = (action: string): boolean =>
  action.includes(':') &&
  !isEverything(action) &&
  !isInEveryService(action) &&
  !reading.test(action) &&
  !judgedElsewhere.test(action) &&
  !unnamed.some((each) => covers(each, action)) &&
  !named.some(({ actions }) => actions.some((each) => actionsOverlap(each, action)));

/** True for what certainly lies in this account. A name that AWS makes up is no account. */
const staysInside = (text: Text, context: Context): boolean => {
  const arn = arnOf(text.map((part) => (typeof part === 'object' && 'own' in part ? 'x' : part)));
  return arn !== undefined && isOwnAccount(arn.account, context);
};

/** Rights on what lies in an account outside: of a key or a bucket other rules tell more. */
const outside = (statement: Statement, context: Context): readonly Remark[] => {
  const { resource, place, resources } = statement;
  const found = resources.filter((text) => outsideAccount(text, context) !== undefined);
  return found.length === 0
    ? []
    : [
        remark('outside-target', 'alarm', resource.id, [
          `${resource.id} may use something in an account outside yours.`,
          `${listed(found)} in ${place}`,
          `Data may leave there. ${askSpot}`,
        ]),
      ];
};

const outsideAccount = (text: Text, context: Context): string | undefined => {
  const account = /^arn:[^:]*:(?!kms|s3|iam|sts)[^:]*:[^:]*:(\d{12}):/.exec(plain(text) ?? '')?.[1];
  return account === undefined || isOwnAccount(account, context) ? undefined : account;
};
