import { givesName, namingOf } from './namings.ts';
import { affords, type Scope, tooMuch } from './scope.ts';
import { either, holeIn, none, optionsOf, type Part, shown, textValue, unknown, type Value } from './value.ts';
import { isMap, type WholeResource } from './whole.ts';

/** What `Ref` gives: a pseudo parameter, a parameter, or something that the template creates. */
export const referred = (name: string, scope: Scope, depth: number): Value => {
  if (name.startsWith('AWS::')) return pseudo(name, scope);
  const parameter = scope.template.parameters.get(name);
  if (parameter) return parameterValue(name, scope);
  return ownResource(name, 'Ref', scope, depth);
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

/** Attributes that AWS makes up, or that say what the template says. */
const madeByAws = /(^Ref|Arn|Id|Name|Url|Uri|Endpoint)$/i;
/** Resources that answer with what someone wrote into them, or with what their code returns. */
const freelyAnswering = /^(?!AWS::)|^AWS::CloudFormation::|::MODULE$/;

/** What `GetAtt` gives, or `Ref` of a resource: the very name where the template spells one out, else an `Own`. */
export const ownResource = (id: string, attribute: string, scope: Scope, depth: number): Value => {
  const resource = scope.template.resources.get(id);
  if (!resource) return unknown(`${id}, which the template does not define`);
  const { type } = resource;
  if (freelyAnswering.test(type)) return unknown(`what ${id} (${type}) answers`);
  if (!madeByAws.test(attribute)) return unknown(`${id}.${attribute}`);
  const own: Value = textValue({ own: id, type, attribute });
  if (!givesName(type, attribute)) return own;
  const spelled = spelledName(id, scope, depth);
  const made: Value = textValue({ own: id, type, attribute: namingOf(type)?.by ?? attribute });
  if (spelled.kind === 'none') return made;
  return either(optionsOf(spelled).map((each) => (isSpelled(each, type) ? each : made)));
};

/** Of a type that is not known, what stands in a name need not be its own: only what is spelled out counts. */
const isSpelled = (name: Value, type: string): boolean =>
  name.kind === 'text' &&
  (namingOf(type) !== undefined || !name.text.some((part) => typeof part === 'object' && 'own' in part));

/** What the template calls a resource: nothing where AWS makes the name up, one of several where that can't be told. */
export const spelledName = (id: string, scope: Scope, depth: number): Value => {
  const known = scope.names.get(id);
  if (known) return known;
  // A name that names itself is none that CloudFormation takes.
  scope.names.set(id, unknown(`what ${id} is called`));
  const found = namesOf(scope.template.resources.get(id)).map((name) => asName(scope.evaluate(name, depth + 1)));
  const name = found.length > mostNames ? unknown(`what ${id} is called`) : found.length === 0 ? none : either(found);
  scope.names.set(id, name);
  return name;
};

const mostNames = 16;

const asName = (value: Value): Value => either(optionsOf(value).map(nameIn));

/** No name is long, and what is unknown in part is unknown. */
const nameIn = (option: Value): Value => {
  if (option.kind === 'none') return none;
  if (option.kind !== 'text') return unknown('a structure instead of a name');
  const hole = holeIn(option.text);
  if (hole !== undefined) return unknown(hole);
  return option.text.length > 100 || shown(option.text).length > 2_048 ? unknown('a name that is too long') : option;
};

const namesOf = (resource: WholeResource | undefined): readonly unknown[] => {
  if (!resource) return [];
  const known = namingOf(resource.type);
  if (!known) return namesIn(resource.properties);
  const name = known.property
    ?.split('.')
    .reduce<unknown>((map, key) => (isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined), resource.properties);
  return name === undefined ? [] : [name];
};

/** What any property says that is called like a name. */
const namesIn = (raw: unknown, depth = 0): readonly unknown[] => {
  if (depth > 8 || typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) =>
    /(Name|Identifier)$/.test(key) ? [value] : namesIn(value, depth + 1),
  );
};
