import { textsAt } from '../../template/review/value.ts';
import { namesOf } from './created.ts';
import type { Kind } from './kind.ts';
import { handlersOf } from './sources.ts';

export const snsTopic: Kind = {
  source: handlersOf('aws-sns-topic'),
  arns: (topic, creation) => namesOf(topic, 'TopicName', creation).map((name) => creation.arn.here('sns', name)),
  rights(topic, creation) {
    const resources = snsTopic.arns(topic, creation);
    const about = 'Topics';
    return [
      {
        when: 'make',
        about,
        actions: [
          'sns:CreateTopic',
          'sns:GetDataProtectionPolicy',
          'sns:GetTopicAttributes',
          'sns:ListSubscriptionsByTopic',
          'sns:ListTagsForResource',
          'sns:TagResource',
          ...(textsAt(topic.properties, 'Subscription', 'Protocol').length > 0 ? ['sns:Subscribe'] : []),
        ],
        resources,
      },
      { when: 'take', about, actions: ['sns:DeleteTopic', 'sns:GetTopicAttributes'], resources },
    ];
  },
};

export const sqsQueue: Kind = {
  source: handlersOf('aws-sqs-queue'),
  arns: (queue, creation) => namesOf(queue, 'QueueName', creation).map((name) => creation.arn.here('sqs', name)),
  rights(queue, creation) {
    const resources = sqsQueue.arns(queue, creation);
    const about = 'Queues';
    const looks = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags'];
    return [
      { when: 'make', about, actions: ['sqs:CreateQueue', 'sqs:TagQueue', ...looks], resources },
      { when: 'take', about, actions: ['sqs:DeleteQueue', 'sqs:GetQueueAttributes'], resources },
    ];
  },
};
