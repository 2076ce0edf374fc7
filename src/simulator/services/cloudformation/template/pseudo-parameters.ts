import { type Evaluated, noValue, type Scope } from './scope.ts';

const pseudoParameters: Readonly<Record<string, (stack: Scope['stack']) => Evaluated>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::NoValue': () => noValue,
  'AWS::NotificationARNs': () => [],
  'AWS::Partition': () => 'aws',
  'AWS::Region': () => 'us-east-1',
  'AWS::StackId': ({ id }) => id,
  'AWS::StackName': ({ name }) => name,
  'AWS::URLSuffix': () => 'amazonaws.com',
};

export const isPseudoParameter = (name: string): boolean => Object.hasOwn(pseudoParameters, name);

/** What a pseudo parameter stands for in this stack; undefined for any other name. */
export const pseudoParameter = (name: string, stack: Scope['stack']): Evaluated | undefined =>
  isPseudoParameter(name) ? pseudoParameters[name]?.(stack) : undefined;
