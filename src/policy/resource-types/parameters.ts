import { textsAt } from '../../template/review/value.ts';
import { namesOf } from './created.ts';
import type { Kind } from './kind.ts';
import { handlersOf } from './sources.ts';

export const ssmParameter: Kind = {
  source: handlersOf('aws-ssm-parameter'),
  arns: (parameter, creation) =>
    textsAt(parameter.properties, 'Name').length > 0
      ? namesOf(parameter, 'Name', creation).map((name) =>
          creation.arn.here('ssm', `parameter/${name.replace(/^\//, '')}`),
        )
      : [creation.arn.here('ssm', `parameter/CFN-${parameter.id}-*`)],
  rights(parameter, creation) {
    const resources = ssmParameter.arns(parameter, creation);
    const about = 'Parameters';
    return [
      {
        when: 'make',
        about,
        actions: ['ssm:AddTagsToResource', 'ssm:GetParameters', 'ssm:PutParameter'],
        resources,
      },
      { when: 'take', about, actions: ['ssm:DeleteParameter'], resources },
    ];
  },
};
