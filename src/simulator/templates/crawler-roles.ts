/** The report that a crawler template is baked for; `folder` is `<prefix>/<report>`, without a slash at its end. */
export interface CrawledReport {
  readonly bucket: string;
  readonly name: string;
  readonly folder: string;
}

/** The three roles of crawler-cfn.yml, as a part of its Resources. */
export const crawlerRoles = ({ bucket, folder, name }: CrawledReport): string => `\
  # What the crawler may do: read the report, write the catalog.
  AWSCURCrawlerComponentFunction:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: glue.amazonaws.com
            Action: sts:AssumeRole
      Path: /
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSGlueServiceRole
      Policies:
        - PolicyName: AWSCURCrawlerComponentFunction
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
                  - logs:CreateLogGroup
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub arn:\${AWS::Partition}:logs:*:*:*
              - Effect: Allow
                Action:
                  - glue:UpdateDatabase
                  - glue:UpdatePartition
                  - glue:CreateTable
                  - glue:UpdateTable
                  - glue:ImportCatalogToGlue
                Resource: '*'
              - Effect: Allow
                Action:
                  - s3:GetObject
                  - s3:PutObject
                Resource: !Sub arn:\${AWS::Partition}:s3:::${bucket}/${folder}/${name}*
        - PolicyName: AWSCURKMSDecryption
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: kms:Decrypt
                Resource: '*'

  # What the initializer may do: log, start the crawler.
  AWSCURCrawlerLambdaExecutor:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Path: /
      Policies:
        - PolicyName: AWSCURCrawlerLambdaExecutor
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
                  - logs:CreateLogGroup
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub arn:\${AWS::Partition}:logs:*:*:*
              - Effect: Allow
                Action: glue:StartCrawler
                Resource: '*'

  # What the notification's function may do: log, write the bucket's notifications.
  AWSS3CURLambdaExecutor:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Path: /
      Policies:
        - PolicyName: AWSS3CURLambdaExecutor
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
                  - logs:CreateLogGroup
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub arn:\${AWS::Partition}:logs:*:*:*
              - Effect: Allow
                Action: s3:PutBucketNotification
                Resource: !Sub arn:\${AWS::Partition}:s3:::${bucket}
`;
