import { leadingOwn, whose } from '../accounts.ts';
import type { Context } from '../context.ts';
import type { Level, Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { shown, type Text, textsAt } from '../value.ts';
import { walkThrough } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What the template does to identities and resources that exist already. */
export const existing: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...onPrincipals(resource),
    ...onResources(resource),
    ...roles(resource, context),
    ...alarmActions(resource),
  ]);

const principalKeys = ['Users', 'Groups', 'Roles', 'UserName', 'GroupName', 'RoleName'];
const attaching = /^AWS::IAM::(Policy|ManagedPolicy|(User|Role|Group)Policy|UserToGroupAddition|InstanceProfile)$/;

/** Something else may bear the name of a role that exists: only identities of the template are its own. */
const notOwn = (text: Text): boolean =>
  text.length > 1 || !/^AWS::IAM::(User|Group|Role)$/.test(leadingOwn(text)?.type ?? '');

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

interface Target {
  /** The property that says on what; with a dot, one inside another. */
  readonly at: string;
  readonly title: string;
  readonly level?: Level;
}

const policy = (at: string): Target => ({
  at,
  title: 'changes who may use something that exists already, or replaces its policy',
});
const change = (at: string): Target => ({ at, title: 'changes something that exists already' });
const data = (at: string): Target => ({ at, title: 'gets at data that exists already' });

/** Types that act on something beside them, and the properties that say on what. */
const targets: Readonly<Record<string, readonly Target[]>> = {
  'AWS::S3::BucketPolicy': [policy('Bucket')],
  'AWS::S3::AccessPoint': [policy('Bucket')],
  'AWS::SQS::QueuePolicy': [policy('Queues')],
  'AWS::SQS::QueueInlinePolicy': [policy('Queue')],
  'AWS::SNS::TopicPolicy': [policy('Topics')],
  'AWS::SNS::TopicInlinePolicy': [policy('TopicArn')],
  'AWS::SecretsManager::ResourcePolicy': [policy('SecretId')],
  'AWS::SecretsManager::RotationSchedule': [change('SecretId')],
  'AWS::SecretsManager::SecretTargetAttachment': [change('SecretId')],
  'AWS::Lambda::Permission': [policy('FunctionName')],
  'AWS::Lambda::LayerVersionPermission': [policy('LayerVersionArn')],
  'AWS::Lambda::EventInvokeConfig': [change('FunctionName')],
  'AWS::Lambda::Url': [policy('TargetFunctionArn')],
  'AWS::Lambda::Alias': [change('FunctionName')],
  'AWS::Lambda::Version': [change('FunctionName')],
  'AWS::Lambda::Function': [data('FileSystemConfigs.Arn')],
  'AWS::KMS::Alias': [{ ...policy('TargetKeyId'), level: 'warning' }],
  'AWS::Kinesis::ResourcePolicy': [policy('ResourceArn')],
  'AWS::Logs::SubscriptionFilter': [data('LogGroupName')],
  'AWS::EC2::SecurityGroupIngress': [policy('GroupId'), policy('GroupName')],
  'AWS::EC2::NetworkAclEntry': [policy('NetworkAclId')],
  'AWS::EC2::Route': [change('RouteTableId')],
  'AWS::EC2::SubnetRouteTableAssociation': [change('SubnetId')],
  'AWS::Route53::RecordSet': [change('HostedZoneId'), change('HostedZoneName')],
  'AWS::Route53::RecordSetGroup': [change('HostedZoneId'), change('HostedZoneName')],
  'AWS::RDS::DBInstance': [data('DBSnapshotIdentifier'), data('SourceDBInstanceIdentifier')],
  'AWS::RDS::DBCluster': [data('SnapshotIdentifier'), data('SourceDBClusterIdentifier')],
};

const onResources = ({ id, type, properties }: Resource): readonly Remark[] =>
  (Object.hasOwn(targets, type) ? (targets[type] ?? []) : []).flatMap(({ at, title, level = 'alarm' }) =>
    textsAt(properties, ...at.split('.'))
      .filter((text) => !belongs(text, type))
      .map((text) =>
        remark('existing-resource', level, id, [`${id} ${title}.`, `${shown(text)} in ${at} of ${type}`, askSpot]),
      ),
  );

/** True for a thing of the template, and for what goes by its name: a log group by its function's. */
const belongs = (text: Text, type: string): boolean => {
  const service = type.split('::')[1];
  const own = leadingOwn(text) ?? leadingOwn(text.slice(-1));
  return own?.type.split('::')[1] === service || (service === 'Logs' && own?.type === 'AWS::Lambda::Function');
};

const roleKey = /^(.*Role(Arn|Name)?|(Iam)?InstanceProfile(Arn|Name)?)$/i;
/** Where roles are named and get nothing handed over, or where other rules look. */
const onlyNamed =
  /^(Statement|Principal|Variables|Tags|Description|ZipFile|UserData|Metadata|Roles?Name|\w*PrincipalIdentifier)$/i;

/** Roles that are handed to what the template creates. */
const roles = ({ id, type, properties }: Resource, context: Context): readonly Remark[] => {
  const found: Remark[] = [];
  walkThrough(properties, (value, path) => {
    if (value.kind !== 'text' || path.some((key) => onlyNamed.test(key))) return;
    const [key = '', parent = ''] = path.toReversed();
    const spelled = value.text.map((part) => (typeof part === 'string' ? part : 'x')).join('');
    const handed = roleKey.test(key) || /^IamInstanceProfile$/i.test(parent);
    const named = handed && !spelled.startsWith('arn:');
    if (!named && !/^arn:[^:]*:iam::[^:]*:(role|instance-profile)\/(?!aws-service-role\/)/.test(spelled)) return;
    if (isRoleOfTemplate(value.text, context) || (type === 'AWS::IAM::Role' && key === 'RoleName')) return;
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

const isRoleOfTemplate = (text: Text, context: Context): boolean =>
  whose(text, context) === 'own-resource' &&
  /^AWS::IAM::(Role|InstanceProfile)$/.test((leadingOwn(text) ?? leadingOwn(text.slice(-1)))?.type ?? '');

/** CloudWatch itself stops, ends or reboots the server that an alarm watches. */
const alarmActions = ({ id, properties }: Resource): readonly Remark[] =>
  ['AlarmActions', 'OKActions', 'InsufficientDataActions']
    .flatMap((key) => textsAt(properties, key))
    .filter((text) => /:(automate|swf):/.test(shown(text)))
    .map((text) =>
      remark('alarm-action', 'alarm', id, [
        `${id} stops, ends or restarts servers that exist already.`,
        shown(text),
        askSpot,
      ]),
    );
