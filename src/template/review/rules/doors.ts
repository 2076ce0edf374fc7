import type { Level, Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, literal, shown, textsAt } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Ways in that are no policy documents: function URLs, public buckets, keys, passwords. */
export const doors: Rule = ({ resources }) =>
  resources.flatMap((resource) => [
    ...openUrl(resource),
    ...publicBucket(resource),
    ...sshKey(resource),
    ...privateLink(resource),
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

/** A key that the template brings: whoever holds its other half signs in. */
const sshKey = (resource: Resource): readonly Remark[] =>
  ['PublicKey', 'PublicKeys', 'PublicKeyMaterial']
    .flatMap((key) => textsAt(resource.properties, key))
    .map((text) =>
      say(
        resource,
        'ssh-key',
        'alarm',
        `${resource.id} lets whoever holds a key sign in to servers.`,
        shown(text).slice(0, 80),
        `An extractor needs no way in. ${askSpot}`,
      ),
    );

/** A private way to a service that is somebody's. */
const privateLink = (resource: Resource): readonly Remark[] =>
  resource.type === 'AWS::EC2::VPCEndpoint'
    ? textsAt(resource.properties, 'ServiceName')
        .filter((text) => !/^(com\.amazonaws|aws)\.(?!vpce\.)[a-z0-9.-]+$/.test(literal(text) ?? ''))
        .map((text) =>
          say(
            resource,
            'private-link',
            'alarm',
            `${resource.id} joins a network of this account with a service that is not of AWS.`,
            shown(text),
            `Data may leave there unseen. ${askSpot}`,
          ),
        )
    : [];

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
