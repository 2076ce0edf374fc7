import { eventsRule, schedule } from './events.ts';
import { glueCrawler, glueDatabase, glueTable } from './glue.ts';
import { iamManagedPolicy, iamPolicy, iamRole } from './iam.ts';
import type { Kind } from './kind.ts';
import { customResource, lambdaFunction, lambdaLayerVersion, lambdaPermission } from './lambda.ts';
import { logGroup } from './logs.ts';
import { snsTopic, sqsQueue } from './messages.ts';
import { ssmParameter } from './parameters.ts';
import { s3Bucket, s3BucketPolicy } from './s3.ts';
import { operationsOf } from './sources.ts';

/** Made by CloudFormation itself, without any right of the caller's. */
const nothingNeeded: Kind = {
  source: operationsOf('aws-resource-cloudformation-waitconditionhandle'),
  arns: () => [],
  rights: () => [],
};

/** What CloudFormation does in the caller's name, by resource type. */
export const resourceTypes: Readonly<Record<string, Kind>> = {
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudFormation::WaitConditionHandle': nothingNeeded,
  'AWS::Events::Rule': eventsRule,
  'AWS::Glue::Crawler': glueCrawler,
  'AWS::Glue::Database': glueDatabase,
  'AWS::Glue::Table': glueTable,
  'AWS::IAM::ManagedPolicy': iamManagedPolicy,
  'AWS::IAM::Policy': iamPolicy,
  'AWS::IAM::Role': iamRole,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': lambdaLayerVersion,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::S3::BucketPolicy': s3BucketPolicy,
  'AWS::SNS::Topic': snsTopic,
  'AWS::SQS::Queue': sqsQueue,
  'AWS::SSM::Parameter': ssmParameter,
  'AWS::Scheduler::Schedule': schedule,
};

/** Undefined for a type that the table lacks. */
export const resourceType = (type: string): Kind | undefined =>
  type.startsWith('Custom::') ? customResource : Object.hasOwn(resourceTypes, type) ? resourceTypes[type] : undefined;
