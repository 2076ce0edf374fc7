import { affords, type Scope, tooMuch } from './scope.ts';
import { none, type Part, type Text, textsOf, textValue, unknown, type Value } from './value.ts';
import type { WholeResource } from './whole.ts';

/** What `Ref` gives: a pseudo parameter, a parameter, or something that the template creates. */
export const referred = (name: string, scope: Scope): Value => {
  if (name.startsWith('AWS::')) return pseudo(name, scope);
  const parameter = scope.template.parameters.get(name);
  if (parameter) return parameterValue(name, scope);
  return ownResource(name, 'Ref', scope);
};

const account = ({ surroundings }: Scope): Part => surroundings.account ?? { name: 'AWS::AccountId' };

const pseudo = (name: string, scope: Scope): Value => {
  switch (name) {
    case 'AWS::NoValue':
      return none;
    case 'AWS::Region':
      return textValue('us-east-1');
    case 'AWS::Partition':
      return textValue('aws');
    case 'AWS::URLSuffix':
      return textValue('amazonaws.com');
    case 'AWS::AccountId':
      return textValue(account(scope));
    case 'AWS::StackName':
      return textValue({ name });
    case 'AWS::StackId':
      return textValue(
        'arn:aws:cloudformation:us-east-1:',
        account(scope),
        ':stack/',
        { name: 'AWS::StackName' },
        '/',
        { name: 'a new id' },
      );
    case 'AWS::NotificationARNs':
      return { kind: 'list', items: [] };
    default:
      return unknown(`the pseudo parameter ${name}`);
  }
};

const parameterValue = (name: string, scope: Scope): Value => {
  const { parameters } = scope.surroundings;
  const declared = scope.template.parameters.get(name);
  const value = Object.hasOwn(parameters, name) ? parameters[name] : declared?.default;
  if (value === undefined) return unknown(`the parameter ${name}, which has no value yet`);
  if (value.includes('{{resolve:')) return unknown(`the parameter ${name}, which is looked up elsewhere`);
  const type = declared?.type ?? 'String';
  if (type.startsWith('AWS::SSM::Parameter::') && published.test(value)) return textValue({ name: value });
  if (type.startsWith('AWS::SSM::Parameter::'))
    return unknown(`the parameter ${name}, which CloudFormation reads from Systems Manager`);
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) return listOf(value, scope);
  return textValue(value);
};

/** Parameters that AWS publishes for everyone; nobody else can make one there. */
const published = /^\/aws\/service\/[\w./-]+$/;

const listOf = (value: string, scope: Scope): Value => {
  const items = value.split(',');
  return affords(scope, items.length)
    ? { kind: 'list', items: items.map((item) => textValue(item.trim())) }
    : tooMuch(scope, 'it is too large');
};

/** Attributes that AWS itself makes up: no template can choose what they say. */
const madeByAws = /(^Ref|Arn|Id|Name|Url|Uri|Endpoint)$/i;
/** Resources that answer with what someone wrote into them, or with what their code returns. */
const freelyAnswering = /^(?!AWS::)|^AWS::CloudFormation::|::MODULE$/;

/** What `GetAtt` gives, or `Ref` of a resource. */
export const ownResource = (id: string, attribute: string, scope: Scope): Value => {
  const resource = scope.template.resources.get(id);
  if (!resource) return unknown(`${id}, which the template does not define`);
  if (freelyAnswering.test(resource.type)) return unknown(`what ${id} (${resource.type}) answers`);
  if (!madeByAws.test(attribute)) return unknown(`${id}.${attribute}`);
  if (attribute !== 'Arn' && isNamedFreely(resource, scope)) return unknown(`what ${id} (${resource.type}) is called`);
  return textValue({ own: id, type: resource.type, attribute });
};

/** Types whose names can't spell an ARN, or whose `Ref` is no name at all. */
const plainlyNamed =
  /^AWS::(S3::Bucket|SNS::Topic|SQS::Queue|KMS::Key|Logs::LogGroup|ECR::Repository|SSM::Parameter|Athena::WorkGroup|Events::(Rule|EventBus))$|^AWS::(Lambda|IAM|DynamoDB|StepFunctions|SecretsManager|Kinesis|EC2)::/;

/** True where the template may write into the name whatever it likes: an alarm may be called like the ARN of a policy. */
const isNamedFreely = (resource: WholeResource, scope: Scope): boolean => {
  if (plainlyNamed.test(resource.type)) return false;
  const known = freely.get(resource);
  if (known !== undefined) return known;
  // A name that names itself is none that CloudFormation takes.
  freely.set(resource, true);
  const found = namesIn(resource.properties).some((name) => !textsOf(scope.evaluate(name, halfway)).every(isPlain));
  freely.set(resource, found);
  return found;
};

const freely = new WeakMap<WholeResource, boolean>();
/** A depth that leaves a name some nesting of its own. */
const halfway = 40;

const isPlain = (text: Text): boolean =>
  text.every((part) => (typeof part === 'string' ? /^[\w.-]*$/.test(part) : !('hole' in part)));

/** What any property says that is called like a name. */
const namesIn = (raw: unknown, depth = 0): readonly unknown[] => {
  if (depth > 8 || typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) => (/Name$/.test(key) ? [value] : namesIn(value, depth + 1)));
};
