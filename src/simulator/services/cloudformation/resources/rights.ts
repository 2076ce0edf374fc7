import { list, type Properties, structure, text } from './kind.ts';

/** One call that a resource's handler makes, and on what. */
export interface HandlerCall {
  readonly action: string;
  readonly resource: string;
}

/** A resource that is about to be made or removed. */
export interface Subject {
  readonly type: string;
  readonly properties: Properties;
  readonly physicalId: string;
  readonly account: string;
}

type Verb = 'create' | 'remove';

/**
 * What CloudFormation calls with the caller's rights for a resource, in its order (the `handlers` of the types' schemas in the
 * CloudFormation registry, as far as calls depend on the properties that our templates have). Types that are not listed are
 * made without asking.
 */
export const handlerCalls = (verb: Verb, subject: Subject): readonly HandlerCall[] => {
  const { type } = subject;
  const handler = type.startsWith('Custom::')
    ? customResource
    : Object.hasOwn(handlers, type)
      ? handlers[type]
      : undefined;
  return handler?.[verb](subject) ?? [];
};

type Handler = Readonly<Record<Verb, (subject: Subject) => readonly HandlerCall[]>>;

const calls = (resource: string, actions: readonly string[]): HandlerCall[] =>
  actions.map((action) => ({ action, resource }));

const regional = (account: string, service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;

const passRole = ({ account, properties }: Subject): HandlerCall[] => {
  const role = text(properties.Role);
  if (role === undefined) return [];
  return calls(role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role}`, ['iam:PassRole']);
};

const some = (value: unknown, action: string): string[] => (list(value).length > 0 ? [action] : []);

const roleArn = ({ account, properties, physicalId }: Subject): string =>
  `arn:aws:iam::${account}:role${text(properties.Path) ?? '/'}${physicalId}`;

const functionOf = ({ account, properties }: Subject, property: string): string => {
  const given = text(properties[property]) ?? '';
  return given.startsWith('arn:') ? given : regional(account, 'lambda', `function:${given}`);
};

const customResource: Handler = {
  create: (subject) => calls(functionOf(subject, 'ServiceToken'), ['lambda:InvokeFunction']),
  remove: (subject) => calls(functionOf(subject, 'ServiceToken'), ['lambda:InvokeFunction']),
};

/** Where its code is loaded from, unless it stands in the template. */
const codeOf = ({ properties }: Subject): HandlerCall[] => {
  const { S3Bucket: bucket, S3Key: key } = structure(properties.Code);
  return bucket === undefined ? [] : calls(`arn:aws:s3:::${text(bucket)}/${text(key)}`, ['s3:GetObject']);
};

const databaseArn = ({ account, physicalId }: Subject): string => regional(account, 'glue', `database/${physicalId}`);

/** A database goes with all that may be in it. */
const insideOf = ({ account, physicalId }: Subject): readonly string[] => [
  regional(account, 'glue', `table/${physicalId}/*`),
  regional(account, 'glue', `userDefinedFunction/${physicalId}/*`),
];

const tableArns = ({ account, properties, physicalId }: Subject): readonly string[] => {
  const database = text(properties.DatabaseName)?.toLowerCase() ?? '';
  return [
    regional(account, 'glue', `table/${database}/${physicalId}`),
    regional(account, 'glue', `database/${database}`),
  ];
};

/** What is in the catalog takes the action on the catalog itself, too (Service Authorization Reference). */
const cataloged = ({ account }: Subject, arns: readonly string[], actions: readonly string[]): HandlerCall[] =>
  actions.flatMap((action) =>
    [...arns, regional(account, 'glue', 'catalog')].map((resource) => ({ action, resource })),
  );

const handlers: Readonly<Record<string, Handler>> = {
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::IAM::Role': {
    create: (subject) =>
      calls(roleArn(subject), [
        'iam:CreateRole',
        ...some(subject.properties.Policies, 'iam:PutRolePolicy'),
        ...some(subject.properties.ManagedPolicyArns, 'iam:AttachRolePolicy'),
        'iam:GetRole',
        'iam:ListRolePolicies',
        'iam:ListAttachedRolePolicies',
        ...some(subject.properties.Policies, 'iam:GetRolePolicy'),
      ]),
    remove: (subject) =>
      calls(roleArn(subject), [
        'iam:GetRole',
        'iam:ListRolePolicies',
        'iam:ListAttachedRolePolicies',
        ...some(subject.properties.Policies, 'iam:DeleteRolePolicy'),
        ...some(subject.properties.ManagedPolicyArns, 'iam:DetachRolePolicy'),
        'iam:DeleteRole',
      ]),
  },
  'AWS::Lambda::Function': {
    create: (subject) => {
      const { account, physicalId, properties } = subject;
      const reserves = properties.ReservedConcurrentExecutions !== undefined;
      return [
        ...passRole(subject),
        ...codeOf(subject),
        ...calls(regional(account, 'lambda', `function:${physicalId}`), [
          'lambda:CreateFunction',
          // CloudFormation's own tags.
          'lambda:TagResource',
          'lambda:GetFunction',
          ...(reserves ? ['lambda:PutFunctionConcurrency'] : []),
          'lambda:GetFunctionCodeSigningConfig',
          'lambda:GetRuntimeManagementConfig',
        ]),
      ];
    },
    remove: ({ account, physicalId }) =>
      calls(regional(account, 'lambda', `function:${physicalId}`), ['lambda:GetFunction', 'lambda:DeleteFunction']),
  },
  'AWS::Lambda::Permission': {
    create: (subject) => calls(functionOf(subject, 'FunctionName'), ['lambda:AddPermission', 'lambda:GetPolicy']),
    remove: (subject) => calls(functionOf(subject, 'FunctionName'), ['lambda:GetPolicy', 'lambda:RemovePermission']),
  },
  'AWS::Glue::Database': {
    create: (subject) => cataloged(subject, [databaseArn(subject)], ['glue:CreateDatabase', 'glue:GetDatabase']),
    remove: (subject) => [
      ...cataloged(subject, [databaseArn(subject)], ['glue:GetDatabase']),
      ...cataloged(subject, [databaseArn(subject), ...insideOf(subject)], ['glue:DeleteDatabase']),
    ],
  },
  'AWS::Glue::Table': {
    create: (subject) => cataloged(subject, tableArns(subject), ['glue:CreateTable', 'glue:GetTable']),
    remove: (subject) => cataloged(subject, tableArns(subject), ['glue:GetTable', 'glue:DeleteTable']),
  },
  'AWS::Glue::Crawler': {
    create: (subject) => [
      ...passRole(subject),
      ...calls(regional(subject.account, 'glue', `crawler/${subject.physicalId}`), [
        'glue:CreateCrawler',
        'glue:GetCrawler',
        'glue:GetTags',
      ]),
    ],
    remove: (subject) => [
      ...passRole(subject),
      ...calls(regional(subject.account, 'glue', `crawler/${subject.physicalId}`), [
        'glue:GetCrawler',
        'glue:StopCrawler',
        'glue:DeleteCrawler',
      ]),
    ],
  },
  'AWS::Events::Rule': {
    create: ({ account, physicalId, properties }) =>
      calls(regional(account, 'events', `rule/${physicalId}`), [
        'events:PutRule',
        ...some(properties.Targets, 'events:PutTargets'),
        'events:DescribeRule',
        'events:ListTargetsByRule',
      ]),
    remove: ({ account, physicalId, properties }) =>
      calls(regional(account, 'events', `rule/${physicalId}`), [
        'events:DescribeRule',
        'events:ListTargetsByRule',
        ...some(properties.Targets, 'events:RemoveTargets'),
        'events:DeleteRule',
      ]),
  },
  'AWS::S3::Bucket': {
    create: ({ physicalId }) => calls(`arn:aws:s3:::${physicalId}`, ['s3:CreateBucket']),
    remove: ({ physicalId }) => calls(`arn:aws:s3:::${physicalId}`, ['s3:DeleteBucket']),
  },
  'AWS::S3::BucketPolicy': {
    create: ({ physicalId }) => calls(`arn:aws:s3:::${physicalId}`, ['s3:PutBucketPolicy']),
    remove: ({ physicalId }) => calls(`arn:aws:s3:::${physicalId}`, ['s3:DeleteBucketPolicy']),
  },
};
