import { bucketKeys, type ConfirmedKind, type Context, normal, prefixKeys } from '../context.ts';
import { type Remark, wholeTemplate } from '../findings.ts';
import { type Rule, remark } from './rule.ts';

/** What the link fills in, where that disagrees with the connection, and what this home has never confirmed. */
export const link: Rule = (context) => [...disagreements(context), ...unconfirmed(context), ...filledIn(context)];

const filledIn = ({ given, template }: Context): readonly Remark[] => {
  const keys = given.prefilled.filter((key) => template.parameters.has(key));
  return keys.length === 0
    ? []
    : [
        remark('prefilled', 'note', wholeTemplate, [
          'The link fills in parameters of the template.',
          keys
            .map((key) => `${key}=${template.parameters.get(key)?.noEcho ? '****' : (given.parameters[key] ?? '')}`)
            .join(', '),
          'They stay as they were sent.',
        ]),
      ];
};

const disagreements = ({ given, template }: Context): readonly Remark[] => {
  const { connection } = given;
  const found: Remark[] = [];
  const differ = (key: string, value: string, wanted: string, what: string) =>
    found.push(
      remark('disagreement', 'alarm', key, [
        `The link is for another ${what} than this connection's.`,
        `${key}=${value}, and not ${wanted}`,
        'Ask Spot for a link for this account and this report.',
      ]),
    );
  for (const key of given.prefilled.filter((each) => template.parameters.has(each))) {
    const value = given.parameters[key] ?? '';
    const name = normal(key);
    const account = connection?.account ?? given.account;
    if (connection && bucketKeys.includes(name) && value !== connection.bucket)
      differ(key, value, connection.bucket, 'bucket');
    if (connection && prefixKeys.includes(name) && trimmed(value) !== trimmed(connection.prefix))
      differ(key, value, connection.prefix, 'prefix');
    if (account && accountKeys.test(name) && value !== account) differ(key, value, account, 'account');
    if (/^(aws)?region(name)?$/.test(name) && value !== 'us-east-1') differ(key, value, 'us-east-1', 'region');
  }
  if (connection && given.account && connection.account !== given.account)
    differ('account', given.account, connection.account, 'account');
  return found;
};

const accountKeys = /^(aws|customer|payer|management|master|my|your)?account(id|number)$/;

const trimmed = (prefix: string): string => prefix.replace(/\/+$/, '');

const unconfirmed = ({ given, template }: Context): readonly Remark[] => {
  const outputs = given.prefilled.filter((key) =>
    /(output|destination|target|upload)\w*bucket|bucket\w*(output|destination)/.test(normal(key)),
  );
  const values: readonly (readonly [ConfirmedKind, string | undefined, string])[] = [
    ['template-bucket', given.templateBucket, wholeTemplate],
    ['digest', given.sha256, wholeTemplate],
    ...outputs
      .filter((key) => template.parameters.has(key))
      .map((key) => ['output-bucket', given.parameters[key], key] as const),
  ];
  return values
    .filter(([kind, value]) => value !== undefined && !given.confirmed?.(kind, value))
    .map(([kind, value, resource]) =>
      remark(`unconfirmed-${kind}`, 'warning', resource, [
        unknownHere[kind],
        value ?? '',
        'Compare it with what Spot told you, on another channel than the link.',
      ]),
    );
};

const unknownHere: Readonly<Record<ConfirmedKind, string>> = {
  'template-bucket': 'You have never confirmed the bucket that this template comes from. Anyone can own a bucket.',
  'output-bucket': 'You have never confirmed the bucket that the data goes to.',
  digest: 'You have never confirmed this very template.',
};
