import { argumentsOf, entriesOf, textOf } from './arguments.ts';
import { conditionIntrinsics } from './condition-intrinsics.ts';
import { formatError } from './format-error.ts';
import { isMapping, type Value } from './model.ts';
import { attribute, reference } from './references.ts';
import { type Intrinsic, noValue } from './scope.ts';
import { substitute } from './substitute.ts';

const join: Intrinsic = (argument, _, evaluate) => {
  const [delimiter = '', parts = []] = argumentsOf('Fn::Join', argument, 2);
  return entriesOf(parts, evaluate).map(String).join(String(delimiter));
};

const select: Intrinsic = (argument, _, evaluate) => {
  const [index = 0, list = []] = argumentsOf('Fn::Select', argument, 2);
  const at = Number(textOf(index, evaluate));
  const chosen = entriesOf(list, evaluate)[at];
  if (chosen === undefined)
    throw formatError(`Fn::Select cannot select nonexistent value at index ${at}`, 'Template error');
  return chosen;
};

const split: Intrinsic = (argument, _, evaluate) => {
  const [delimiter = '', text = ''] = argumentsOf('Fn::Split', argument, 2);
  return textOf(text, evaluate).split(String(delimiter));
};

const findInMap: Intrinsic = (argument, { template }, evaluate) => {
  const keys = argumentsOf('Fn::FindInMap', argument, 3).map((key) => textOf(key, evaluate));
  let found: Value | undefined = template.mappings;
  for (const key of keys) found = isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  if (found === undefined) throw formatError(`Unable to get mapping for ${keys.join('::')}`, 'Template error');
  return found;
};

const getAtt: Intrinsic = (argument, scope, evaluate) => {
  const parts: readonly Value[] = Array.isArray(argument) ? argument : String(argument).split('.');
  const [id = '', ...name] = parts.map((part) => textOf(part, evaluate));
  return attribute(id, name.join('.'), scope);
};

const importValue: Intrinsic = (argument, _, evaluate) => {
  throw formatError(`No export named ${textOf(argument, evaluate)} found.`, 'Template error');
};

const toJson: Intrinsic = (argument, _, evaluate) => {
  const worked = evaluate(argument);
  return worked === noValue ? '' : JSON.stringify(worked);
};

/** The functions of CloudFormation's template language that are simulated, by their long form. */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (text, _, evaluate) => Buffer.from(textOf(text, evaluate)).toString('base64'),
  'Fn::GetAZs': () => ['a', 'b', 'c', 'd', 'e', 'f'].map((zone) => `us-east-1${zone}`),
  'Fn::ToJsonString': toJson,
  'Fn::Length': (list, _, evaluate) => entriesOf(list, evaluate).length,
  'Fn::ImportValue': importValue,
  ...conditionIntrinsics,
};
