import { wholeFrom } from '../template/review/whole.ts';
import { databaseOf } from './arns.ts';
import type { Names } from './grant.ts';
import { resourcesOf } from './resource-types/created.ts';
import type { StackContents } from './stack-grants.ts';

const role = (managed: readonly string[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: 'inline' }],
    ...(managed.length > 0 && { ManagedPolicyArns: managed }),
  },
});

const code = (executor: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { ReservedConcurrentExecutions: '1', Role: { 'Fn::GetAtt': [executor, 'Arn'] } },
});

const answeredBy = (type: string, lambda: string) => ({
  Type: `Custom::${type}`,
  Properties: { ServiceToken: { 'Fn::GetAtt': [lambda, 'Arn'] } },
});

/**
 * The eleven resources of crawler-cfn.yml (aws-facts §5), as far as rights depend on them: AWS delivers that file a day after
 * the policy is asked for.
 */
export const crawlerStack = (names: Names): StackContents => {
  const { partition, reportName, stackName, account } = names;
  const database = databaseOf(reportName);
  const glueService = `arn:${partition}:iam::aws:policy/service-role/AWSGlueServiceRole`;
  const template = wholeFrom({
    Resources: {
      AWSCURDatabase: { Type: 'AWS::Glue::Database', Properties: { DatabaseInput: { Name: database } } },
      AWSCURCrawlerComponentFunction: role([glueService]),
      AWSCURCrawlerLambdaExecutor: role(),
      AWSCURCrawler: {
        Type: 'AWS::Glue::Crawler',
        Properties: {
          Name: `AWSCURCrawler-${reportName}`,
          Role: { 'Fn::GetAtt': ['AWSCURCrawlerComponentFunction', 'Arn'] },
        },
      },
      AWSCURInitializer: code('AWSCURCrawlerLambdaExecutor'),
      AWSStartCURCrawler: answeredBy('AWSStartCURCrawler', 'AWSCURInitializer'),
      AWSS3CUREventLambdaPermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: { FunctionName: { 'Fn::GetAtt': ['AWSCURInitializer', 'Arn'] } },
      },
      AWSS3CURLambdaExecutor: role(),
      AWSS3CURNotification: code('AWSS3CURLambdaExecutor'),
      AWSPutS3CURNotification: answeredBy('AWSPutS3CURNotification', 'AWSS3CURNotification'),
      AWSCURReportStatusTable: {
        Type: 'AWS::Glue::Table',
        Properties: { DatabaseName: database, TableInput: { Name: 'cost_and_usage_data_status' } },
      },
    },
  });
  return { whose: 'CrawlerStack', stackName, resources: resourcesOf(template, {}, known(account)) };
};

const known = (account: string): string | undefined => (account === '*' ? undefined : account);
