/** The two inline functions of crawler-cfn.yml, in JavaScript for Lambda's Node.js runtime. */

/** Starts the crawler: as a custom resource when the stack is made, later whenever new billing data arrives. */
export const initializerCode = (crawler: string): string => `
const { GlueClient, StartCrawlerCommand } = require('@aws-sdk/client-glue');
const response = require('cfn-response');

exports.handler = (event, context, callback) => {
  // CloudFormation asks for an answer; an S3 event does not.
  const answer = (status, data) =>
    event.RequestType ? response.send(event, context, status, data) : callback(null, data);

  if (event.RequestType === 'Delete') {
    answer(response.SUCCESS, {});
    return;
  }
  const glue = new GlueClient();
  glue.send(new StartCrawlerCommand({ Name: '${crawler}' })).then(
    () => answer(response.SUCCESS, { started: true }),
    (error) => {
      // A crawl under way will see the new data as well.
      if (error.name === 'CrawlerRunningException') answer(response.SUCCESS, { started: false });
      else if (event.RequestType) answer(response.FAILED, { reason: error.message });
      else callback(error);
    },
  );
};
`;

/** Points the bucket's notifications at the initializer, and takes them away with the stack. Replaces whatever was there. */
export const notificationCode = `
const { S3Client, PutBucketNotificationConfigurationCommand } = require('@aws-sdk/client-s3');
const response = require('cfn-response');

exports.handler = (event, context) => {
  const { BucketName, ReportKey, TargetLambdaArn } = event.ResourceProperties;
  const onCreated = {
    LambdaFunctionArn: TargetLambdaArn,
    Events: ['s3:ObjectCreated:*'],
    Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: ReportKey }] } },
  };
  const removed = event.RequestType === 'Delete';
  const configuration = removed ? {} : { LambdaFunctionConfigurations: [onCreated] };
  const s3 = new S3Client();
  s3.send(new PutBucketNotificationConfigurationCommand({
    Bucket: BucketName,
    NotificationConfiguration: configuration,
  })).then(
    () => response.send(event, context, response.SUCCESS, {}),
    (error) => response.send(event, context, response.FAILED, { reason: error.message }),
  );
};
`;

/** The code as a YAML block's lines, so many blanks deep. */
export const indented = (code: string, blanks: number): string =>
  code
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(blanks) + line))
    .join('\n');
