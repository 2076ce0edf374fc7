/** How things of a type come by their name. */
export interface Naming {
  /** The property that spells the name out, as a path; undefined where AWS alone makes names up. */
  readonly property: string | undefined;
  /** What gives the name back: `Ref`, or an attribute. */
  readonly by: string;
  /** What stands before the name in ARNs, behind `arn:aws:`; # is the account. */
  readonly arns: readonly string[];
}

const naming = (property: string | undefined, by: string, ...arns: readonly string[]): Naming => ({
  property,
  by,
  arns,
});
const iam = (property: string, kind: string): Naming => naming(property, 'Ref', `iam::#:${kind}`);

const table: Readonly<Record<string, Naming>> = {
  'AWS::S3::Bucket': naming('BucketName', 'Ref', 's3:::'),
  'AWS::SNS::Topic': naming('TopicName', 'TopicName', 'sns:us-east-1:#:'),
  'AWS::SQS::Queue': naming('QueueName', 'QueueName', 'sqs:us-east-1:#:'),
  'AWS::IAM::Role': iam('RoleName', 'role'),
  'AWS::IAM::User': iam('UserName', 'user'),
  'AWS::IAM::Group': iam('GroupName', 'group'),
  'AWS::IAM::InstanceProfile': iam('InstanceProfileName', 'instance-profile'),
  'AWS::IAM::ManagedPolicy': naming('ManagedPolicyName', 'no attribute', 'iam::#:policy'),
  'AWS::Lambda::Function': naming('FunctionName', 'Ref', 'lambda:us-east-1:#:function:'),
  'AWS::DynamoDB::Table': naming('TableName', 'Ref', 'dynamodb:us-east-1:#:table/'),
  'AWS::Logs::LogGroup': naming('LogGroupName', 'Ref', 'logs:us-east-1:#:log-group:'),
  'AWS::StepFunctions::StateMachine': naming(
    'StateMachineName',
    'Name',
    'states:us-east-1:#:stateMachine:',
    'states:us-east-1:#:execution:',
  ),
  'AWS::SecretsManager::Secret': naming('Name', 'no attribute', 'secretsmanager:us-east-1:#:secret:'),
  'AWS::SSM::Parameter': naming('Name', 'Ref', 'ssm:us-east-1:#:parameter/'),
  'AWS::Kinesis::Stream': naming('Name', 'Ref', 'kinesis:us-east-1:#:stream/'),
  'AWS::KinesisFirehose::DeliveryStream': naming('DeliveryStreamName', 'Ref', 'firehose:us-east-1:#:deliverystream/'),
  'AWS::KMS::Key': naming(undefined, 'Ref', 'kms:us-east-1:#:key/'),
  'AWS::ECR::Repository': naming('RepositoryName', 'Ref', 'ecr:us-east-1:#:repository/'),
  'AWS::ECS::Cluster': naming('ClusterName', 'Ref', 'ecs:us-east-1:#:cluster/'),
  'AWS::Athena::WorkGroup': naming('Name', 'Ref', 'athena:us-east-1:#:workgroup/'),
  'AWS::Events::EventBus': naming('Name', 'Ref', 'events:us-east-1:#:event-bus/'),
  'AWS::Events::Rule': naming('Name', 'Ref', 'events:us-east-1:#:rule/'),
  'AWS::Glue::Database': naming('DatabaseInput.Name', 'Ref', 'glue:us-east-1:#:database/', 'glue:us-east-1:#:table/'),
  'AWS::Glue::Crawler': naming('Name', 'Ref', 'glue:us-east-1:#:crawler/'),
  'AWS::Glue::Job': naming('Name', 'Ref', 'glue:us-east-1:#:job/'),
  'AWS::CodeBuild::Project': naming('Name', 'Ref', 'codebuild:us-east-1:#:project/'),
  'AWS::RDS::DBInstance': naming('DBInstanceIdentifier', 'Ref', 'rds:us-east-1:#:db:'),
  'AWS::RDS::DBCluster': naming('DBClusterIdentifier', 'Ref', 'rds:us-east-1:#:cluster:'),
  'AWS::EC2::SecurityGroup': naming('GroupName', 'Ref', 'ec2:us-east-1:#:security-group/'),
  'AWS::EC2::KeyPair': naming('KeyName', 'Ref', 'ec2:us-east-1:#:key-pair/'),
};

/** Of a type whose names this review knows; undefined for all others. */
export const namingOf = (type: string): Naming | undefined => (Object.hasOwn(table, type) ? table[type] : undefined);

/** Types whose `Ref` AWS makes up, whatever they are called: an ARN or an id. */
const referredByMadeUp =
  /^AWS::(EC2::(?!PlacementGroup)|Lambda::|IAM::|SecretsManager::|StepFunctions::|ApiGateway|AppSync::|CloudFront::|EFS::|ElasticLoadBalancingV2::|S3::StorageLens|KMS::|Scheduler::ScheduleGroup)/;

/** Whether an attribute gives a name back that the template may have spelled out. */
export const givesName = (type: string, attribute: string): boolean => {
  const known = namingOf(type);
  if (known) return attribute === known.by || attribute === known.property;
  return /Name$/.test(attribute) || (attribute === 'Ref' && !referredByMadeUp.test(type));
};

/** Types whose names may hold a slash: behind one begins the name of something else. */
export const namedInPaths = /^AWS::(IAM|ECR|Events|Logs|SSM|SecretsManager)::/;
