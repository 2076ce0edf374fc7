import { arnOf, leadingOwn } from '../accounts.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { shown, type Text, textsAt } from '../value.ts';
import { walk } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What the template does to identities and resources that exist already. */
export const existing: Rule = ({ resources }) =>
  resources.flatMap((resource) => [...onPrincipals(resource), ...onResources(resource), ...roles(resource)]);

const principalKeys = ['Users', 'Groups', 'Roles', 'UserName', 'GroupName', 'RoleName'];
const attaching = /^AWS::IAM::(Policy|ManagedPolicy|(User|Role|Group)Policy|UserToGroupAddition|InstanceProfile)$/;

const notOwn = (text: Text): boolean => leadingOwn(text) === undefined || text.length > 1;

const onPrincipals = ({ id, type, properties }: Resource): readonly Remark[] => {
  const keys = attaching.test(type) ? principalKeys : type === 'AWS::IAM::User' ? ['Groups'] : [];
  return keys
    .flatMap((key) => textsAt(properties, key).filter(notOwn))
    .map((text) =>
      remark('existing-principal', 'alarm', id, [
        `${id} changes the rights of users, groups or roles that exist already.`,
        `${shown(text)} in ${type}`,
        `Someone's rights would grow unseen. ${askSpot}`,
      ]),
    );
};

/** Policies and permissions by type, and the properties that say on what. */
const policyTargets: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::S3::AccessPoint': ['Bucket'],
  'AWS::SQS::QueuePolicy': ['Queues'],
  'AWS::SQS::QueueInlinePolicy': ['Queue'],
  'AWS::SNS::TopicPolicy': ['Topics'],
  'AWS::SNS::TopicInlinePolicy': ['TopicArn'],
  'AWS::SecretsManager::ResourcePolicy': ['SecretId'],
  'AWS::Lambda::Permission': ['FunctionName'],
  'AWS::Lambda::LayerVersionPermission': ['LayerVersionArn'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName'],
  'AWS::Lambda::Url': ['TargetFunctionArn'],
  'AWS::KMS::Alias': ['TargetKeyId'],
  'AWS::Kinesis::ResourcePolicy': ['ResourceArn'],
};

const onResources = ({ id, type, properties }: Resource): readonly Remark[] =>
  (Object.hasOwn(policyTargets, type) ? (policyTargets[type] ?? []) : [])
    .flatMap((key) => textsAt(properties, key).filter((text) => leadingOwn(text) === undefined))
    .map((text) =>
      remark('existing-resource', type === 'AWS::KMS::Alias' ? 'warning' : 'alarm', id, [
        `${id} changes who may use something that exists already, or replaces its policy.`,
        `${shown(text)} in ${type}`,
        askSpot,
      ]),
    );

/** Roles that are handed to what the template creates. */
const roles = ({ id, properties }: Resource): readonly Remark[] => {
  const found: Remark[] = [];
  walk(properties, (value, path) => {
    const key = path.at(-1) ?? '';
    if (value.kind !== 'text' || leadingOwn(value.text) || path.includes('Principal')) return;
    const roleKey = /^(.*Role(Arn)?|IamInstanceProfile)$/i.test(key) && !path.includes('Variables');
    const arn = arnOf(value.text);
    const isRole = arn?.service === 'iam' && /^(role|instance-profile)\//.test(arn.rest);
    if (!roleKey || (arn && !isRole) || /^role\/aws-service-role\//.test(arn?.rest ?? '')) return;
    found.push(
      remark('existing-role', 'alarm', id, [
        `${id} acts with the rights of a role that the template does not create.`,
        `${shown(value.text)} in ${path.join('.')}`,
        `What that role may do is not in the template. ${askSpot}`,
      ]),
    );
  });
  return found;
};
