import { namesOf } from './created.ts';
import { broughtBy, type Kind } from './kind.ts';
import { handlersOf } from './sources.ts';

export const logGroup: Kind = {
  source: handlersOf('aws-logs-loggroup'),
  // Some of the actions want the ARN with `:*` at its end, others without.
  arns: (group, creation) =>
    namesOf(group, 'LogGroupName', creation).flatMap((name) => {
      const arn = creation.arn.here('logs', `log-group:${name}`);
      return name.endsWith('*') ? [arn] : [arn, `${arn}:*`];
    }),
  rights(group, creation) {
    const resources = logGroup.arns(group, creation);
    const about = 'LogGroups';
    return [
      { when: 'both', about: 'AllLogGroups', actions: ['logs:DescribeLogGroups'], resources: ['*'] },
      {
        when: 'make',
        about,
        actions: [
          'logs:CreateLogGroup',
          'logs:GetDataProtectionPolicy',
          'logs:ListTagsForResource',
          // CloudFormation puts tags of its own on log groups.
          'logs:TagResource',
          ...broughtBy(group, {
            RetentionInDays: ['logs:PutRetentionPolicy'],
            KmsKeyId: ['logs:AssociateKmsKey'],
            DataProtectionPolicy: ['logs:PutDataProtectionPolicy'],
          }),
        ],
        resources,
      },
      { when: 'take', about, actions: ['logs:DeleteLogGroup'], resources },
    ];
  },
};
