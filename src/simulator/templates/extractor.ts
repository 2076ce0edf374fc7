/** The extractor's template as Spot would publish it, in words of our own; its seven parameters bear Spot's names. */
export const extractorTemplate = `AWSTemplateFormatVersion: '2010-09-09'
Description: Copies the rows of a cost and usage report to Spot once a day

Parameters:
  AccountList:
    Type: String
    Default: ''
    Description: Accounts to report on, separated by commas and without blanks. Leave it empty for all accounts.
  CURBucketName:
    Type: String
    MinLength: 3
    Description: The bucket to which the cost and usage report is delivered
  CURPrefixName:
    Type: String
    Default: spotinst_eco
    Description: The prefix of the report in that bucket. Please leave it as it is.
  CustomerName:
    Type: String
    Description: The name under which Spot knows the customer. Please leave it as it is.
  LambdaFunctionBucket:
    Type: String
    Description: The bucket that holds the code of the function. Please leave it as it is.
  LambdaFunctionKey:
    Type: String
    Description: The key of that code. Please leave it as it is.
  S3OutputBucket:
    Type: String
    Description: The bucket of Spot to which the rows are copied. Please leave it as it is.

Conditions:
  SomeAccountsOnly: !Not [!Equals [!Ref AccountList, '']]

Resources:
  ExtractorRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Policies:
        - PolicyName: ReadReportWriteRows
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Log
                Effect: Allow
                Action:
                  - logs:CreateLogGroup
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/*
              - Sid: FindReport
                Effect: Allow
                Action: s3:ListBucket
                Resource: !Sub arn:\${AWS::Partition}:s3:::\${CURBucketName}
                Condition:
                  StringLike:
                    s3:prefix: !Sub \${CURPrefixName}/*
              - Sid: ReadReport
                Effect: Allow
                Action: s3:GetObject
                Resource: !Sub arn:\${AWS::Partition}:s3:::\${CURBucketName}/\${CURPrefixName}/*
              - Sid: WriteRows
                Effect: Allow
                Action:
                  - s3:PutObject
                  - s3:PutObjectAcl
                Resource: !Sub arn:\${AWS::Partition}:s3:::\${S3OutputBucket}/\${CustomerName}/*

  ExtractorFunction:
    Type: AWS::Lambda::Function
    Properties:
      Description: Copies the rows of the report to Spot
      Runtime: python3.13
      Handler: extractor.handler
      MemorySize: 1024
      Timeout: 900
      Role: !GetAtt ExtractorRole.Arn
      Code:
        S3Bucket: !Ref LambdaFunctionBucket
        S3Key: !Ref LambdaFunctionKey
      Environment:
        Variables:
          ACCOUNT_LIST: !If [SomeAccountsOnly, !Ref AccountList, all]
          CUR_BUCKET: !Ref CURBucketName
          CUR_PREFIX: !Ref CURPrefixName
          CUSTOMER_NAME: !Ref CustomerName
          OUTPUT_BUCKET: !Ref S3OutputBucket

  DailyRule:
    Type: AWS::Events::Rule
    Properties:
      Description: Runs the extractor once a day
      ScheduleExpression: rate(1 day)
      State: ENABLED
      Targets:
        - Id: extractor
          Arn: !GetAtt ExtractorFunction.Arn

  DailyRulePermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref ExtractorFunction
      Principal: events.amazonaws.com
      SourceArn: !GetAtt DailyRule.Arn

Outputs:
  ExtractorFunctionArn:
    Description: The function that copies the rows
    Value: !GetAtt ExtractorFunction.Arn
  ExtractorRoleArn:
    Description: The role under which it reads the report
    Value: !GetAtt ExtractorRole.Arn
`;
