import type { Resource } from '../../template/review/resource.ts';
import { type Creation, namedArns, namesOf } from './created.ts';
import { broughtBy, type Kind, loading, passing, type Right, says } from './kind.ts';
import { handlersOf, operationsOf } from './sources.ts';

const functionArn =
  ({ arn }: Creation) =>
  (name: string): string =>
    arn.here('lambda', `function:${name}`);

export const lambdaFunction: Kind = {
  source: handlersOf('aws-lambda-function'),
  arns: (resource, creation) => namesOf(resource, 'FunctionName', creation).map(functionArn(creation)),
  rights(resource, creation) {
    const resources = lambdaFunction.arns(resource, creation);
    const about = 'Functions';
    const anywhere = ['*'];
    const networked = says(resource, 'VpcConfig', 'SubnetIds');
    const rights: Right[] = [
      {
        when: 'make',
        about,
        actions: [
          'lambda:CreateFunction',
          'lambda:GetFunction',
          'lambda:GetFunctionCodeSigningConfig',
          'lambda:GetRuntimeManagementConfig',
          // CloudFormation puts tags of its own on functions.
          'lambda:TagResource',
          ...broughtBy(resource, { ReservedConcurrentExecutions: ['lambda:PutFunctionConcurrency'] }),
        ],
        resources,
      },
      { when: 'take', about, actions: ['lambda:DeleteFunction', 'lambda:GetFunction'], resources },
      ...passing(resource, ['Role'], 'lambda.amazonaws.com', creation),
      ...loading(resource, 'Code', creation),
    ];
    const layers = namedArns(resource.properties, ['Layers'], creation, (name) => name);
    if (layers.length > 0)
      rights.push({ when: 'make', about: 'Layers', actions: ['lambda:GetLayerVersion'], resources: layers });
    const keys = namedArns(resource.properties, ['KmsKeyArn'], creation, (name) => name);
    if (keys.length > 0)
      rights.push({
        when: 'make',
        about: 'Keys',
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
        resources: keys,
      });
    if (networked)
      rights.push(
        {
          when: 'make',
          about: 'Networks',
          actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
          resources: anywhere,
        },
        { when: 'take', about: 'Networks', actions: ['ec2:DescribeNetworkInterfaces'], resources: anywhere },
      );
    return rights;
  },
};

export const lambdaPermission: Kind = {
  source: handlersOf('aws-lambda-permission'),
  arns: () => [],
  rights(resource, creation) {
    const resources = namedArns(resource.properties, ['FunctionName'], creation, functionArn(creation));
    const about = 'Functions';
    return [
      { when: 'make', about, actions: ['lambda:AddPermission', 'lambda:GetPolicy'], resources },
      { when: 'take', about, actions: ['lambda:GetPolicy', 'lambda:RemovePermission'], resources },
    ];
  },
};

export const lambdaLayerVersion: Kind = {
  source: handlersOf('aws-lambda-layerversion'),
  arns: (resource, creation) =>
    namesOf(resource, 'LayerName', creation).map((name) => creation.arn.here('lambda', `layer:${name}:*`)),
  rights(resource, creation) {
    const versions = lambdaLayerVersion.arns(resource, creation);
    const about = 'Layers';
    return [
      {
        when: 'make',
        about,
        actions: ['lambda:PublishLayerVersion'],
        resources: versions.map((arn) => arn.replace(/:\*$/, '')),
      },
      { when: 'make', about, actions: ['lambda:GetLayerVersion'], resources: versions },
      { when: 'take', about, actions: ['lambda:DeleteLayerVersion', 'lambda:GetLayerVersion'], resources: versions },
      ...loading(resource, 'Content', creation),
    ];
  },
};

/** A custom resource is made and unmade by a call of its function, or by a message to its topic. */
export const customResource: Kind = {
  source: operationsOf('template-custom-resources-lambda'),
  arns: () => [],
  rights: (resource: Resource, creation) =>
    namedArns(resource.properties, ['ServiceToken'], creation, functionArn(creation)).map((token) => ({
      when: 'both',
      about: 'CustomResources',
      actions: [token.includes(':sns:') ? 'sns:Publish' : 'lambda:InvokeFunction'],
      resources: [token],
    })),
};
