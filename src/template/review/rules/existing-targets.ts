import type { Level } from '../findings.ts';

/** What a property of a type says on what it acts, beside what the template creates. */
export interface Target {
  /** The property that says on what; with a dot, one inside another. */
  readonly at: string;
  /** The types of the template's own things that it may be. */
  readonly own: RegExp;
  readonly title: string;
  readonly level?: Level;
}

const policy = (at: string, own: RegExp): Target => ({
  at,
  own,
  title: 'changes who may use something that exists already, or replaces its policy',
});
const change = (at: string, own: RegExp): Target => ({ at, own, title: 'changes something that exists already' });
const data = (at: string, own: RegExp): Target => ({ at, own, title: 'gets at data that exists already' });

const bucket = /^AWS::S3::Bucket$/;
const lambda = /^AWS::Lambda::(Function|Version|Alias)$/;
const secret = /^AWS::SecretsManager::Secret$/;
const ec2 = /^AWS::EC2::/;
const zone = /^AWS::Route53::HostedZone$/;
/** Nothing that a stack can create in time. */
const nothing = /(?!)/;

/** Types that act on something beside them, and the properties that say on what. */
export const targets: Readonly<Record<string, readonly Target[]>> = {
  'AWS::S3::BucketPolicy': [policy('Bucket', bucket)],
  'AWS::S3::AccessPoint': [policy('Bucket', bucket)],
  'AWS::SQS::QueuePolicy': [policy('Queues', /^AWS::SQS::Queue$/)],
  'AWS::SQS::QueueInlinePolicy': [policy('Queue', /^AWS::SQS::Queue$/)],
  'AWS::SNS::TopicPolicy': [policy('Topics', /^AWS::SNS::Topic$/)],
  'AWS::SNS::TopicInlinePolicy': [policy('TopicArn', /^AWS::SNS::Topic$/)],
  'AWS::SNS::Subscription': [data('TopicArn', /^AWS::SNS::Topic$/)],
  'AWS::SecretsManager::ResourcePolicy': [policy('SecretId', secret)],
  'AWS::SecretsManager::RotationSchedule': [change('SecretId', secret)],
  'AWS::SecretsManager::SecretTargetAttachment': [change('SecretId', secret)],
  'AWS::Lambda::Permission': [policy('FunctionName', lambda)],
  'AWS::Lambda::LayerVersionPermission': [policy('LayerVersionArn', /^AWS::Lambda::LayerVersion$/)],
  'AWS::Lambda::EventInvokeConfig': [change('FunctionName', lambda)],
  'AWS::Lambda::EventSourceMapping': [change('FunctionName', lambda), data('EventSourceArn', /^AWS::/)],
  'AWS::Lambda::Url': [policy('TargetFunctionArn', lambda)],
  'AWS::Lambda::Alias': [change('FunctionName', lambda)],
  'AWS::Lambda::Version': [change('FunctionName', lambda)],
  'AWS::Lambda::Function': [data('FileSystemConfigs.Arn', /^AWS::EFS::/)],
  'AWS::KMS::Alias': [{ ...policy('TargetKeyId', /^AWS::KMS::/), level: 'warning' }],
  'AWS::Kinesis::ResourcePolicy': [policy('ResourceArn', /^AWS::Kinesis::/)],
  'AWS::Logs::SubscriptionFilter': [data('LogGroupName', /^AWS::Logs::LogGroup$/)],
  'AWS::EC2::SecurityGroupIngress': [
    policy('GroupId', /^AWS::EC2::SecurityGroup$/),
    policy('GroupName', /^AWS::EC2::SecurityGroup$/),
  ],
  'AWS::EC2::NetworkAclEntry': [policy('NetworkAclId', ec2)],
  'AWS::EC2::Route': [change('RouteTableId', ec2)],
  'AWS::EC2::SubnetRouteTableAssociation': [change('SubnetId', ec2)],
  'AWS::EC2::VPCDHCPOptionsAssociation': [change('VpcId', ec2)],
  'AWS::EC2::Volume': [data('SnapshotId', nothing)],
  'AWS::EC2::VolumeAttachment': [change('InstanceId', ec2), data('VolumeId', ec2)],
  'AWS::EC2::NetworkInterfaceAttachment': [change('InstanceId', ec2)],
  'AWS::EC2::Instance': [data('BlockDeviceMappings.Ebs.SnapshotId', nothing), data('Volumes.VolumeId', ec2)],
  'AWS::EC2::LaunchTemplate': [data('LaunchTemplateData.BlockDeviceMappings.Ebs.SnapshotId', nothing)],
  'AWS::Route53::HostedZone': [change('VPCs.VPCId', ec2)],
  'AWS::Route53::RecordSet': [change('HostedZoneId', zone), change('HostedZoneName', zone)],
  'AWS::Route53::RecordSetGroup': [change('HostedZoneId', zone), change('HostedZoneName', zone)],
  'AWS::RDS::DBInstance': [
    data('DBSnapshotIdentifier', nothing),
    data('DBClusterSnapshotIdentifier', nothing),
    data('SourceDBInstanceIdentifier', /^AWS::RDS::DBInstance$/),
    data('SourceDBClusterIdentifier', /^AWS::RDS::DBCluster$/),
  ],
  'AWS::RDS::DBCluster': [
    data('SnapshotIdentifier', nothing),
    data('SourceDBClusterIdentifier', /^AWS::RDS::DBCluster$/),
  ],
  'AWS::Glue::Trigger': [
    change('Actions.JobName', /^AWS::Glue::Job$/),
    change('Actions.CrawlerName', /^AWS::Glue::Crawler$/),
  ],
};
