import type { Context } from '../context.ts';
import { ownByArn, ownByName } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { shown, type Text, textsAt } from '../value.ts';
import { walkThrough } from '../walk.ts';
import { targets } from './existing-targets.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What the template does to identities and resources that exist already. */
export const existing: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...onPrincipals(resource, context),
    ...onResources(resource, context),
    ...roles(resource, context),
    ...alarmActions(resource),
  ]);

/** The properties that name identities, and what they name. Something else may bear the name of a role that exists. */
const principalKeys = {
  Users: /^AWS::IAM::User$/,
  UserName: /^AWS::IAM::User$/,
  Groups: /^AWS::IAM::Group$/,
  GroupName: /^AWS::IAM::Group$/,
  Roles: /^AWS::IAM::Role$/,
  RoleName: /^AWS::IAM::Role$/,
};
const attaching =
  /^AWS::IAM::(Policy|ManagedPolicy|(User|Role|Group)Policy|UserToGroupAddition|InstanceProfile|VirtualMFADevice)$/;

const onPrincipals = ({ id, type, properties }: Resource, context: Context): readonly Remark[] =>
  Object.entries(principalKeys)
    .filter(([key]) => attaching.test(type) || (type === 'AWS::IAM::User' && key === 'Groups'))
    .flatMap(([key, own]) => textsAt(properties, key).filter((text) => !ownByName(text, own, context)))
    .map((text) =>
      remark('existing-principal', 'alarm', id, [
        `${id} changes the rights of users, groups or roles that exist already.`,
        `${shown(text)} in ${type}`,
        `Someone's rights would grow unseen. ${askSpot}`,
      ]),
    );

const onResources = ({ id, type, properties }: Resource, context: Context): readonly Remark[] =>
  (Object.hasOwn(targets, type) ? (targets[type] ?? []) : []).flatMap(({ at, own, title, level = 'alarm' }) =>
    textsAt(properties, ...at.split('.'))
      .filter((text) => !isOf(own, text, context))
      .map((text) =>
        remark('existing-resource', level, id, [`${id} ${title}.`, `${shown(text)} in ${at} of ${type}`, askSpot]),
      ),
  );

const isOf = (own: RegExp, text: Text, context: Context): boolean =>
  own.test(ownByArn(text, context)?.type ?? '') || ownByName(text, own, context) !== undefined;

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
  isOf(/^AWS::IAM::(Role|InstanceProfile)$/, text, context);

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
