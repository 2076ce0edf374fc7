import { type Power, words } from './power.ts';
import { askSpot } from './rule.ts';

/** Actions on what else lies in the account. Titles follow the name of what has the right. */
export const accountPowers: readonly Power[] = [
  {
    rule: 'other-code',
    level: 'alarm',
    title: 'may change what other functions, servers and pipelines of this account run',
    advice: `It can act with the rights of whatever it changes. ${askSpot}`,
    actions: words(`
      lambda:Create* lambda:Update* lambda:Publish* lambda:Delete* lambda:Put* ssm:SendCommand
      ssm:StartSession ssm:StartAutomation* ssm:CreateAssociation* ec2:RunInstances ec2:RequestSpot*
      ec2:ModifyInstanceAttribute ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfile*
      ec2-instance-connect:* ecs:RunTask ecs:StartTask ecs:ExecuteCommand ecs:RegisterTaskDefinition
      ecs:UpdateService codebuild:Create* codebuild:Update* codebuild:StartBuild* codepipeline:*
      glue:CreateJob glue:UpdateJob glue:StartJobRun glue:CreateSession glue:RunStatement glue:CreateDevEndpoint glue:UpdateDevEndpoint sagemaker:Create*
      datapipeline:* states:CreateStateMachine states:UpdateStateMachine cloudformation:* cloudshell:*
      imagebuilder:* batch:SubmitJob batch:RegisterJobDefinition bedrock-agentcore:*`),
    except: words(`
      cloudformation:Describe* cloudformation:List* cloudformation:Get* cloudformation:ValidateTemplate
      cloudformation:EstimateTemplateCost cloudformation:Detect* codepipeline:Get* codepipeline:List*
      datapipeline:Describe* datapipeline:List* imagebuilder:Get* imagebuilder:List* ecs:Describe*
      cloudformation:SignalResource`),
    ownTypes: /^AWS::(Lambda|StepFunctions|ECS|CodeBuild|Glue|Batch)::/,
  },
  {
    rule: 'opens-resources',
    level: 'alarm',
    title: 'may open resources that exist already to others',
    advice: `It can let anyone in, outside accounts among them. ${askSpot}`,
    actions: words(`
      lambda:AddPermission sns:AddPermission sqs:AddPermission events:PutPermission ecr:Set* ecr:PutRegistryPolicy secretsmanager:PutResourcePolicy glue:PutResourcePolicy dynamodb:PutResourcePolicy logs:PutResourcePolicy kinesis:PutResourcePolicy codebuild:PutResourcePolicy backup:PutBackupVaultAccessPolicy es:Update* opensearch:Update*
      lambda:AddLayerVersionPermission ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute
      rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute ec2:AuthorizeSecurityGroupIngress
      ec2:CreateVpcPeeringConnection sns:SetTopicAttributes sqs:SetQueueAttributes logs:PutSubscriptionFilter
      logs:PutDestination* logs:PutAccountPolicy logs:PutDelivery* logs:CreateDelivery logs:CreateExportTask`),
    ownTypes: /^AWS::(SNS|SQS|Lambda|ECR|SecretsManager|Events|DynamoDB|Kinesis|Logs)::/,
  },
  {
    rule: 'hides-traces',
    level: 'alarm',
    title: 'may switch off or change what records and watches this account',
    advice: `Nothing that exports billing data has to touch the audit trail. ${askSpot}`,
    actions: words(`
      cloudtrail:Stop* cloudtrail:Delete* cloudtrail:Update* cloudtrail:Put* config:Delete* config:Stop*
      config:Put* guardduty:Delete* guardduty:Update* guardduty:Disassociate* guardduty:Stop*
      securityhub:Disable* securityhub:Delete* access-analyzer:Delete*`),
  },
  {
    rule: 'billing-write',
    level: 'alarm',
    title: 'may change billing settings and reports, or buy in your name',
    advice: `An extractor reads billing data and writes none of it. ${askSpot}`,
    actions: words(`
      ec2:Purchase* rds:Purchase* elasticache:Purchase* redshift:Purchase* es:Purchase* memorydb:Purchase* dynamodb:Purchase* aws-marketplace:* savingsplans:Create* savingsplans:Delete* savingsplans:Return*
      ec2:CreateReservedInstancesListing ec2:AcceptReservedInstancesExchangeQuote cur:Put* cur:Modify*
      cur:Delete* bcm-data-exports:Create* bcm-data-exports:Update* bcm-data-exports:Delete* billing:Put*
      billing:Update* billing:Redeem* payments:Create* payments:Update* payments:Delete* payments:Make*
      aws-portal:Modify* invoicing:Put* invoicing:Create* tax:Put* tax:Update* budgets:Modify* budgets:Create*
      budgets:Execute* billingconductor:Create* billingconductor:Update* billingconductor:Delete*`),
  },
  {
    rule: 'destroys',
    level: 'alarm',
    title: 'may delete servers, databases or backups that exist already',
    advice: askSpot,
    actions: words(`
      ec2:TerminateInstances ec2:DeleteSnapshot ec2:DeleteVolume rds:Delete* dynamodb:DeleteTable
      backup:Delete* glacier:Delete* route53:Change* route53:Delete* logs:DeleteLog* athena:DeleteWorkGroup
      glue:DeleteDatabase glue:DeleteTable glue:BatchDeleteTable`),
    ownTypes: /^AWS::(RDS|DynamoDB|Backup|Logs|Glue|Athena)::/,
  },
  {
    rule: 'other-data',
    level: 'alarm',
    title: 'may read databases, tables, snapshots or messages that exist already',
    advice: `That is data beyond the report. ${askSpot}`,
    actions: words(`
      dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect
      dynamodb:ExportTable* dynamodb:GetRecords rds-data:* rds-db:connect redshift-data:*
      redshift:GetClusterCredentials* ebs:GetSnapshotBlock ec2:CreateSnapshot* ec2:GetPasswordData
      rds:CreateDBSnapshot rds:StartExportTask kinesis:GetRecords codecommit:GitPull
      ecr:GetDownloadUrlForLayer lambda:GetFunction lambda:GetFunctionConfiguration sqs:ReceiveMessage
      logs:GetLogEvents logs:FilterLogEvents logs:StartQuery logs:StartLiveTail logs:Unmask logs:GetLogRecord
      codecommit:GetFile codecommit:BatchGet* rds:DownloadDBLogFilePortion* ec2:GetConsole*
      ses:Send* s3express:* s3-object-lambda:* s3tables:* workmail:* chime:* timestream:Select* timestream:StartAwsQuery*
      cassandra:Select glacier:GetJobOutput codeartifact:GetPackageVersionAsset codeartifact:ReadFromRepository
      appconfig:GetLatestConfiguration appconfig:GetConfiguration dax:* kinesisvideo:GetMedia* kinesisvideo:GetClip
      kinesisvideo:GetHLS* kinesisvideo:GetDASH* kinesisvideo:GetImages lakeformation:GetTemporary*
      lakeformation:StartQueryPlanning lakeformation:GetWorkUnit*`),
    ownTypes: /^AWS::(DynamoDB|RDS|Kinesis|SQS|Lambda|Redshift|ECR|Logs)::/,
  },
];
