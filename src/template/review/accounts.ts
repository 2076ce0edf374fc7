import type { Context } from './context.ts';
import { ownByArn } from './created.ts';
import { holeIn, type Text } from './value.ts';

/** Stands for the account's own id where it is not known, in texts that `plain` writes. */
const ownAccount = '<AccountId>';

/** The text with harmless names written out in angle brackets; undefined where it holds more than that. */
export const plain = (text: Text): string | undefined => {
  let written = '';
  for (const part of text) {
    if (typeof part === 'string') written += part;
    else if ('name' in part) written += `<${part.name.replace('AWS::', '')}>`;
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

export type Whose = 'everyone' | 'own-resource' | 'own-account' | 'outside' | 'unknown';

/** Who an `AWS` principal is. What is neither an account nor an IAM ARN counts as outside. */
export const whose = (text: Text, context: Context): Whose => {
  if (holeIn(text)) return 'unknown';
  const own = ownByArn(text, context);
  if (own) return own.type.startsWith('AWS::IAM::') ? 'own-resource' : 'outside';
  const written = plain(text);
  if (written === undefined) return 'outside';
  if (written === '*') return 'everyone';
  if (isOwnAccount(written, context)) return 'own-account';
  const arn = arnOf(text);
  if (!arn || (arn.service !== 'iam' && arn.service !== 'sts')) return 'outside';
  return isOwnAccount(arn.account, context) ? 'own-account' : 'outside';
};
