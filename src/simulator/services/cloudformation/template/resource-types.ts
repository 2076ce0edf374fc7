/** Namespaces in which AWS has resource types; which types is not known here. */
const namespaces = new Set([
  ...[
    'ApiGateway',
    'ApiGatewayV2',
    'AppConfig',
    'AppSync',
    'Athena',
    'AutoScaling',
    'BCMDataExports',
    'Backup',
    'Batch',
  ],
  ...['Budgets', 'CE', 'CUR', 'CertificateManager', 'CloudFormation', 'CloudFront', 'CloudTrail', 'CloudWatch'],
  ...['CodeBuild', 'CodePipeline', 'Cognito', 'Config', 'DynamoDB', 'EC2', 'ECR', 'ECS', 'EFS', 'EKS', 'ElastiCache'],
  ...['ElasticLoadBalancing', 'ElasticLoadBalancingV2', 'Events', 'Glue', 'GuardDuty', 'IAM', 'KMS', 'Kinesis'],
  ...['KinesisFirehose', 'LakeFormation', 'Lambda', 'Logs', 'Organizations', 'Pipes', 'QuickSight', 'RAM', 'RDS'],
  ...['Redshift', 'Route53', 'S3', 'SES', 'SNS', 'SQS', 'SSM', 'SSO', 'SageMaker', 'Scheduler', 'SecretsManager'],
  ...['SecurityHub', 'Serverless', 'ServiceCatalog', 'StepFunctions', 'WAFv2'],
]);

/** Whether AWS would know the type, as far as can be told. */
export const isRecognized = (type: string): boolean => {
  const namespace = /^AWS::([A-Za-z0-9]+)::[A-Za-z0-9]+$/.exec(type)?.[1];
  return isCustom(type) || (namespace !== undefined && namespaces.has(namespace));
};

const isCustom = (type: string): boolean => /^Custom::[a-zA-Z0-9_@-]{1,60}$/.test(type);
