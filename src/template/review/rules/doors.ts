import { whose } from '../accounts.ts';
import type { Context } from '../context.ts';
import type { Level, Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, literal, shown, textsAt } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Ways in that are no policy documents: function URLs, public buckets, grants of the catalog, passwords. */
export const doors: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...openUrl(resource),
    ...publicBucket(resource),
    ...catalogGrant(resource, context),
    ...login(resource),
  ]);

const say = ({ id }: Resource, rule: string, level: Level, title: string, evidence: string, advice: string): Remark =>
  remark(rule, level, id, [title, evidence, advice]);

const openUrl = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  const onPermission = textsAt(properties, 'FunctionUrlAuthType');
  const onUrl = type === 'AWS::Lambda::Url' ? textsAt(properties, 'AuthType') : [];
  const serverless = textsAt(properties, 'FunctionUrlConfig', 'AuthType');
  return [...onPermission, ...onUrl, ...serverless].map((text) =>
    literal(text) === 'AWS_IAM'
      ? say(
          resource,
          'function-url',
          'warning',
          `${id} has a function answer on the internet, to signed requests.`,
          shown(text),
          'Ask Spot who calls it.',
        )
      : say(
          resource,
          'public-function-url',
          'alarm',
          `${id} lets anyone on the internet call a function of this account.`,
          `AuthType ${shown(text)}`,
          `An extractor needs no way in. ${askSpot}`,
        ),
  );
};

const publicBucket = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  if (type !== 'AWS::S3::Bucket') return [];
  const acl = textsAt(properties, 'AccessControl').filter((text) =>
    /^(Public|AuthenticatedRead)|[^A-Za-z]/.test(shown(text)),
  );
  const unblocked = at(properties, 'PublicAccessBlockConfiguration').flatMap((block) =>
    ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].flatMap((key) =>
      textsAt(block, key),
    ),
  );
  return [
    ...acl.map((text) =>
      say(
        resource,
        'public-bucket',
        'alarm',
        `${id} is a bucket that everyone can look into.`,
        `AccessControl ${shown(text)}`,
        'Do not deploy it.',
      ),
    ),
    ...unblocked
      .filter((text) => literal(text)?.toLowerCase() !== 'true')
      .map((text) =>
        say(
          resource,
          'unblocked-bucket',
          'warning',
          `${id} is a bucket that could be opened to everyone later.`,
          `PublicAccessBlockConfiguration ${shown(text)}`,
          'Ask Spot why.',
        ),
      ),
  ];
};

/** Who may use the data catalog is written down by Lake Formation, in no policy. */
const catalogGrant = (resource: Resource, context: Context): readonly Remark[] => {
  if (!/^AWS::LakeFormation::(Principal)?Permissions$/.test(resource.type)) return [];
  return ['Principal', 'DataLakePrincipal']
    .flatMap((key) => textsAt(resource.properties, key, 'DataLakePrincipalIdentifier'))
    .filter((text) => whose(text, context) !== 'own-resource')
    .map((text) =>
      say(
        resource,
        'catalog-grant',
        'alarm',
        `${resource.id} opens the data catalog to someone whom the template does not create.`,
        `DataLakePrincipalIdentifier ${shown(text)}`,
        askSpot,
      ),
    );
};

const login = (resource: Resource): readonly Remark[] =>
  at(resource.properties, 'LoginProfile').length > 0
    ? [
        say(
          resource,
          'login-profile',
          'alarm',
          `${resource.id} is a user with a password for the console.`,
          'LoginProfile',
          `Whoever wrote the template knows how to sign in. ${askSpot}`,
        ),
      ]
    : [];
