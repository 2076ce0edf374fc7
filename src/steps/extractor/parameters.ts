import type { QuickCreateLink } from '../../template/quick-create-link.ts';
import type { Template } from '../../template/template.ts';
import type { Settings } from './settings.ts';

/** Who says what a parameter is: the link, the user, this connection's report, or nobody, which means all accounts. */
export type Origin = 'link' | 'you' | 'report' | 'nobody';

/** The parameters to send, each with where its value comes from. */
export interface Parameters {
  readonly values: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, Origin>>;
  /** Pre-filled keys that the template does not have: left out, and told. */
  readonly dropped: readonly string[];
  /** Pre-filled keys that the template keeps secret. CloudFormation takes none of these from a link, so they are left out. */
  readonly secret: readonly string[];
  /** Parameters without default that nothing answers. */
  readonly missing: readonly string[];
  /** --param for what the link or another answer already says, or for what the template lacks. */
  readonly refused: readonly string[];
  /** The template's keys for what the procedure calls Account List and CURBucketName. */
  readonly accountListKey: string | undefined;
  readonly bucketKey: string | undefined;
}

/** "Account List", AccountList and account_list are the same to a person. */
const normal = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const keyFor = (template: Template, name: string): string | undefined =>
  Object.keys(template.parameters).find((key) => normal(key) === normal(name));

/** What the user and this connection's report say; for a template that is only looked at, nothing may. */
type Answered = Partial<Pick<Settings, 'bucket' | 'cur-bucket' | 'account-list' | 'param'>>;

/** Puts the link's parameters, which stay untouched, together with the user's. */
export const parametersFor = (
  template: Template,
  link: Pick<QuickCreateLink, 'parameters'>,
  settings: Answered,
): Parameters => {
  const accountListKey = keyFor(template, 'AccountList');
  const bucketKey = keyFor(template, 'CURBucketName');
  const { param = {} } = settings;
  const bucket = settings['cur-bucket'] ?? settings.bucket;
  const known = (key: string) => Object.hasOwn(template.parameters, key);
  // AWS CloudFormation User Guide, "Create quick-create links for stacks".
  const secret = Object.keys(link.parameters).filter((key) => known(key) && template.parameters[key]?.noEcho);
  // Without a prototype: a template may call a parameter "toString".
  const values: Record<string, string> = Object.create(null);
  const origins: Record<string, Origin> = Object.create(null);
  const set = (key: string, value: string, origin: Origin) => {
    values[key] = value;
    origins[key] = origin;
  };
  for (const [key, value] of Object.entries(link.parameters))
    if (known(key) && !secret.includes(key)) set(key, value, 'link');
  if (bucketKey && !origins[bucketKey] && bucket !== undefined)
    set(bucketKey, bucket, bucket === settings.bucket ? 'report' : 'you');
  if (accountListKey && !origins[accountListKey] && settings['account-list'] !== undefined)
    set(accountListKey, settings['account-list'], settings['account-list'] ? 'you' : 'nobody');
  const refused = Object.keys(param).filter(
    (key) => !known(key) || origins[key] !== undefined || key === accountListKey,
  );
  for (const [key, value = ''] of Object.entries(param)) if (!refused.includes(key)) set(key, value, 'you');
  if (accountListKey && !origins[accountListKey]) set(accountListKey, '', 'nobody');
  return {
    values,
    origins,
    dropped: Object.keys(link.parameters).filter((key) => !known(key)),
    secret,
    missing: Object.entries(template.parameters)
      .filter(([key, parameter]) => values[key] === undefined && parameter.default === undefined)
      .map(([key]) => key),
    refused,
    accountListKey,
    bucketKey,
  };
};
