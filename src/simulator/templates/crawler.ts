import { indented, initializerCode, notificationCode } from './crawler-functions.ts';
import { type CrawledReport, crawlerRoles } from './crawler-roles.ts';

/** The crawler-cfn.yml that is delivered beside a report, in words of our own: AWS's resources, by AWS's logical ids. */
export const crawlerTemplate = (report: CrawledReport): string => `AWSTemplateFormatVersion: '2010-09-09'
Description: Reads the cost and usage report ${report.name} into the Glue data catalog for Athena

Resources:
  # The database that Athena queries.
  AWSCURDatabase:
    Type: AWS::Glue::Database
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseInput:
        Name: athenacurcfn_${snakeCase(report.name)}

${crawlerRoles(report)}
  # Reads the Parquet files and keeps the table's columns and partitions in step with them.
  AWSCURCrawler:
    Type: AWS::Glue::Crawler
    DependsOn:
      - AWSCURDatabase
      - AWSCURCrawlerComponentFunction
    Properties:
      Name: AWSCURCrawler-${report.name}
      Description: Keeps the table of the report ${report.name} up to date
      Role: !GetAtt AWSCURCrawlerComponentFunction.Arn
      DatabaseName: !Ref AWSCURDatabase
      Targets:
        S3Targets:
          - Path: s3://${report.bucket}/${report.folder}/${report.name}/
            Exclusions:
              - '**.json'
              - '**.yml'
              - '**.sql'
              - '**.csv'
              - '**.gz'
              - '**.zip'
      SchemaChangePolicy:
        UpdateBehavior: UPDATE_IN_DATABASE
        DeleteBehavior: DELETE_FROM_DATABASE

  # Starts the crawler: once now, then with each delivery.
  AWSCURInitializer:
    Type: AWS::Lambda::Function
    DependsOn: AWSCURCrawler
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Timeout: 30
      ReservedConcurrentExecutions: 1
      Role: !GetAtt AWSCURCrawlerLambdaExecutor.Arn
      Code:
        ZipFile: |
${indented(initializerCode(`AWSCURCrawler-${report.name}`), 10)}

  AWSStartCURCrawler:
    Type: Custom::AWSStartCURCrawler
    Properties:
      ServiceToken: !GetAtt AWSCURInitializer.Arn

  AWSS3CUREventLambdaPermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !GetAtt AWSCURInitializer.Arn
      Principal: s3.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub arn:\${AWS::Partition}:s3:::${report.bucket}

  # Has the bucket tell the initializer of new data.
  AWSS3CURNotification:
    Type: AWS::Lambda::Function
    DependsOn:
      - AWSCURInitializer
      - AWSS3CUREventLambdaPermission
      - AWSS3CURLambdaExecutor
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Timeout: 30
      ReservedConcurrentExecutions: 1
      Role: !GetAtt AWSS3CURLambdaExecutor.Arn
      Code:
        ZipFile: |
${indented(notificationCode, 10)}

  AWSPutS3CURNotification:
    Type: Custom::AWSPutS3CURNotification
    Properties:
      ServiceToken: !GetAtt AWSS3CURNotification.Arn
      TargetLambdaArn: !GetAtt AWSCURInitializer.Arn
      BucketName: ${report.bucket}
      ReportKey: ${report.folder}/${report.name}

  # Tells a query whether the report is being rewritten at this moment.
  AWSCURReportStatusTable:
    Type: AWS::Glue::Table
    DependsOn: AWSCURDatabase
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: athenacurcfn_${snakeCase(report.name)}
      TableInput:
        Name: cost_and_usage_data_status
        TableType: EXTERNAL_TABLE
        StorageDescriptor:
          Columns:
            - Name: status
              Type: string
          InputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat
          OutputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat
          SerdeInfo:
            SerializationLibrary: org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe
          Location: s3://${report.bucket}/${report.folder}/cost_and_usage_data_status/
`;

/** A report's name as Glue gets it: `-` becomes `_`, capitals are split off and lowered. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^0-9A-Za-z_]/g, '_')
    .toLowerCase();
