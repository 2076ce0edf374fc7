import { customResource, putNotification, startCrawler } from './custom.ts';
import { glueCrawler, glueDatabase, glueTable } from './glue.ts';
import { iamManagedPolicy, iamPolicy, iamRole } from './iam.ts';
import type { Kind } from './kind.ts';
import { lambdaFunction, lambdaPermission } from './lambda.ts';
import { eventsRule, logGroup, snsTopic, ssmParameter } from './named.ts';
import { s3Bucket, s3BucketPolicy } from './s3.ts';

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::Events::Rule': eventsRule,
  'AWS::Glue::Crawler': glueCrawler,
  'AWS::Glue::Database': glueDatabase,
  'AWS::Glue::Table': glueTable,
  'AWS::IAM::ManagedPolicy': iamManagedPolicy,
  'AWS::IAM::Policy': iamPolicy,
  'AWS::IAM::Role': iamRole,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::S3::BucketPolicy': s3BucketPolicy,
  'AWS::SNS::Topic': snsTopic,
  'AWS::SSM::Parameter': ssmParameter,
  'Custom::AWSPutS3CURNotification': putNotification,
  'Custom::AWSStartCURCrawler': startCrawler,
};

/** How a type is made; undefined when it is not simulated. Any other custom resource's Lambda counts as run. */
export const kindOf = (type: string): Kind | undefined =>
  Object.hasOwn(kinds, type) ? kinds[type] : /^Custom::[a-zA-Z0-9_@-]{1,60}$/.test(type) ? customResource : undefined;
