import { textsAt } from '../../template/review/value.ts';
import { namesOf } from './created.ts';
import { type Kind, passing } from './kind.ts';
import { handlersOf } from './sources.ts';

export const eventsRule: Kind = {
  source: handlersOf('aws-events-rule'),
  arns: (rule, creation) => {
    const bus = textsAt(rule.properties, 'EventBusName').length > 0 ? '*/' : '';
    return namesOf(rule, 'Name', creation).map((name) => creation.arn.here('events', `rule/${bus}${name}`));
  },
  rights(rule, creation) {
    const resources = eventsRule.arns(rule, creation);
    const about = 'Rules';
    const looks = ['events:DescribeRule', 'events:ListTargetsByRule'];
    return [
      { when: 'make', about, actions: ['events:PutRule', 'events:PutTargets', ...looks], resources },
      { when: 'take', about, actions: ['events:DeleteRule', 'events:RemoveTargets', ...looks], resources },
      ...passing(rule, ['Targets', 'RoleArn'], 'events.amazonaws.com', creation),
      ...passing(rule, ['RoleArn'], 'events.amazonaws.com', creation),
    ];
  },
};

export const schedule: Kind = {
  source: handlersOf('aws-scheduler-schedule'),
  arns: (resource, creation) =>
    namesOf(resource, 'Name', creation).map((name) => creation.arn.here('scheduler', `schedule/*/${name}`)),
  rights(resource, creation) {
    const resources = schedule.arns(resource, creation);
    const about = 'Schedules';
    return [
      { when: 'make', about, actions: ['scheduler:CreateSchedule', 'scheduler:GetSchedule'], resources },
      { when: 'take', about, actions: ['scheduler:DeleteSchedule', 'scheduler:GetSchedule'], resources },
      ...passing(resource, ['Target', 'RoleArn'], 'scheduler.amazonaws.com', creation),
    ];
  },
};
