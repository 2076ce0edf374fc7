import { isOwnAccount, plain } from './accounts.ts';
import { placeInArn } from './buckets.ts';
import type { Context } from './context.ts';
import { ownByArn } from './created.ts';
import type { Statement } from './policies.ts';
import { at, holeIn, optionsOf, type Text, textsOf, type Value } from './value.ts';
import { isPattern } from './wildcards.ts';

/** Whether every branch of the conditions demands that one of the keys equals only texts that pass. */
const demands = (
  { conditions }: Statement,
  operator: RegExp,
  keys: readonly string[],
  passes: (text: Text) => boolean,
): boolean => {
  const holds = (value: Value): boolean =>
    value.kind === 'map' &&
    value.entries.some(
      ([name, tests]) =>
        operator.test(name) &&
        optionsOf(tests).every((test) =>
          keys.some((key) => {
            const texts = at(test, key).flatMap(textsOf);
            return texts.length > 0 && texts.every(passes) && !maybeAbsent(test, key);
          }),
        ),
    );
  return conditions.some((value) => optionsOf(value).every(holds));
};

const maybeAbsent = (test: Value, key: string): boolean =>
  at(test, key).some(({ kind }) => kind === 'none') ||
  (test.kind === 'map' &&
    test.entries.some(
      ([name, value]) => name.toLowerCase() === key && optionsOf(value).some(({ kind }) => kind === 'none'),
    ));

const exactly = /^StringEquals$/i;
/** A pattern without wildcards is as good as an equal text. */
const exactlyOrLike = /^String(Equals|Like)$/i;
const externalId = ['sts:externalid'];

/** Whether the caller has to know an external id; `unknown` where one is asked for that has no value yet. */
export const asksForExternalId = (statement: Statement): 'yes' | 'no' | 'unknown' => {
  // IAM fills policy variables in, from the very request among others.
  const holds = (text: Text) => {
    const id = plain(text);
    return id === undefined ? !holeIn(text) : id.length >= 2 && !isPattern(id) && !id.includes('${');
  };
  if (demands(statement, exactlyOrLike, externalId, holds)) return 'yes';
  return demands(statement, exactlyOrLike, externalId, (text) => holeIn(text) !== undefined || holds(text))
    ? 'unknown'
    : 'no';
};

export type Source = 'own' | 'outside' | 'anyone' | 'untied';

const sources = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceowner'];
const equalOrLike = /^(StringEquals|ArnEquals|ArnLike|StringLike)(IfExists)?$/i;

/** On whose behalf a service may act: its conditions name the account that asks it to. */
export const sourceOf = (statement: Statement, context: Context): Source => {
  const exact = /^(StringEquals|ArnEquals|ArnLike|StringLike)$/i;
  if (demands(statement, exact, sources, (text) => sourceIn(text, context) === 'own')) return 'own';
  const named = statement.conditions.flatMap((value) =>
    optionsOf(value).flatMap((each) => (each.kind === 'map' ? testsIn(each.entries) : [])),
  );
  return worst(named.map((text) => sourceIn(text, context)));
};

const testsIn = (entries: readonly (readonly [string, Value])[]): readonly Text[] =>
  entries
    .filter(([name]) => equalOrLike.test(name))
    .flatMap(([, tests]) => sources.flatMap((key) => at(tests, key).flatMap(textsOf)));

/** The one that lets most in. */
export const worst = (found: readonly Source[]): Source =>
  (['outside', 'anyone', 'untied', 'own'] as const).find((each) => found.includes(each)) ?? 'untied';

/** Whose account a SourceArn or SourceAccount is: buckets bear no account, so they have to be known ones. */
export const sourceIn = (text: Text, context: Context): Source => {
  if (holeIn(text)) return 'untied';
  if (ownByArn(text, context)) return 'own';
  const written = text.map((part) => (typeof part === 'string' ? part : (plain([part]) ?? '<own>'))).join('');
  if (!written.startsWith('arn:')) return ownerIn(written, context);
  const [, , service, , account = ''] = written.split(':');
  if (account !== '') return ownerIn(account, context);
  const place = service === 's3' ? placeInArn(text, context) : undefined;
  return place && /^(own|report)$/.test(place.whose) ? 'own' : 'untied';
};

const ownerIn = (account: string, context: Context): Source => {
  if (isOwnAccount(account, context)) return 'own';
  return isPattern(account) ? 'anyone' : 'outside';
};

/** Whether only this account passes. */
export const limitedToOwnAccount = (statement: Statement, context: Context): boolean =>
  demands(
    statement,
    exactly,
    ['aws:sourceaccount', 'aws:sourceowner', 'aws:principalaccount', 'kms:calleraccount'],
    (text) => isOwnAccount(plain(text) ?? '', context),
  );
