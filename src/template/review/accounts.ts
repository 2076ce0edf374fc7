import type { Context } from './context.ts';
import { holeIn, type Own, type Text } from './value.ts';

/** Stands for the account's own id where it is not known, in texts that `plain` writes. */
const ownAccount = 'own-account';

/** The text with harmless names written out; undefined where it holds more than that. */
export const plain = (text: Text): string | undefined => {
  let written = '';
  for (const part of text) {
    if (typeof part === 'string') written += part;
    else if ('name' in part) written += part.name === 'AWS::AccountId' ? ownAccount : 'own-name';
    else return undefined;
  }
  return written;
};

export const isOwnAccount = (account: string, { given }: Context): boolean =>
  account === ownAccount || account === given.account || account === given.connection?.account;

export interface Arn {
  readonly service: string;
  readonly account: string;
  readonly rest: string;
}

/** The parts of an ARN that is spelled out. */
export const arnOf = (text: Text): Arn | undefined => {
  const [arn, , service, , account, ...rest] = (plain(text) ?? '').split(':');
  return arn === 'arn' && service !== undefined && account !== undefined && rest.length > 0
    ? { service, account, rest: rest.join(':') }
    : undefined;
};

/** What the text begins with, if it is something that the template creates. */
export const leadingOwn = (text: Text): Own | undefined => {
  const [first] = text;
  return typeof first === 'object' && 'own' in first ? first : undefined;
};

export type Whose = 'everyone' | 'own-resource' | 'own-account' | 'outside' | 'unknown';

/** Who an `AWS` principal is. What is neither an account nor an IAM ARN counts as outside. */
export const whose = (text: Text, context: Context): Whose => {
  if (holeIn(text)) return 'unknown';
  const own = leadingOwn(text);
  if (own) return own.type.startsWith('AWS::IAM::') && text.length === 1 ? 'own-resource' : 'outside';
  const written = plain(text);
  if (written === undefined) return ownByName(text, context) ? 'own-resource' : 'outside';
  if (written === '*') return 'everyone';
  if (isOwnAccount(written, context)) return 'own-account';
  const arn = arnOf(text);
  if (!arn || (arn.service !== 'iam' && arn.service !== 'sts')) return 'outside';
  return isOwnAccount(arn.account, context) ? 'own-account' : 'outside';
};

/** `arn:aws:iam::<own account>:role/<own role>` */
const ownByName = (text: Text, context: Context): boolean => {
  const own = text.at(-1);
  const arn = arnOf(text.slice(0, -1));
  return (
    typeof own === 'object' &&
    'own' in own &&
    own.type.startsWith('AWS::IAM::') &&
    arn !== undefined &&
    isOwnAccount(arn.account, context)
  );
};
