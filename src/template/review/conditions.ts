import { isOwnAccount, plain } from './accounts.ts';
import type { Context } from './context.ts';
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

/** Whether the caller has to know an external id. */
export const asksForExternalId = (statement: Statement): boolean =>
  demands(statement, exactly, ['sts:externalid'], (text) => {
    const id = plain(text);
    return id === undefined ? !holeIn(text) : id.length >= 2 && !isPattern(id);
  });

/** Whether only requests on behalf of this account, or of one named thing, pass. */
export const ownSource = (statement: Statement, context: Context): boolean =>
  demands(
    statement,
    /^(StringEquals|ArnEquals|ArnLike|StringLike)$/i,
    ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceowner'],
    (text) => {
      const written = plain(text);
      if (written === undefined) return !holeIn(text);
      return isOwnAccount(written, context) || written.startsWith('arn:');
    },
  );

/** Whether only this account passes. */
export const limitedToOwnAccount = (statement: Statement, context: Context): boolean =>
  demands(
    statement,
    exactly,
    ['aws:sourceaccount', 'aws:sourceowner', 'aws:principalaccount', 'kms:calleraccount'],
    (text) => isOwnAccount(plain(text) ?? '', context),
  );
