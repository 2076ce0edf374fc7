import { shellWord } from '../../text.ts';
import type { Trouble } from './error.ts';

/** What AWS refuses by a code or a sentence of its own, and what to do about it (aws-facts §3 to §8). */
export interface Refusal {
  /** Of which calls, by IAM's names of them; of all where it does not say. */
  readonly of?: RegExp;
  readonly code?: RegExp;
  readonly says?: RegExp;
  /** What happened and why, without a full stop. */
  readonly text: string;
  /** What to do, with a command to type. */
  advice(trouble: Trouble): readonly string[];
}

export const region = '--region us-east-1';

/** The bucket that a call was about, as a word of a command. */
export const bucketOf = ({ error, message }: Trouble): string => {
  const [, told] = /bucket name: *([^,\s]+)/.exec(message) ?? [];
  const [, called] = /^arn:aws:s3:::([^/]+)/.exec(error.$call?.resource ?? '') ?? [];
  const name = told ?? called;
  return name === undefined ? '<bucket>' : shellWord(name);
};

const named = ({ error }: Trouble, what: string): string => {
  const { resource } = error.$call ?? {};
  return resource && !resource.startsWith('arn:') ? shellWord(resource) : `<${what}>`;
};

/** The stack that a call was about, as a word of a command: by its name, or by its ARN. */
export const stackOf = ({ error, message }: Trouble): string => {
  const [, told] = /^Stack \[([\w-]+)\]/.exec(message) ?? [];
  return told ?? shellWord(error.$call?.resource ?? '<stack>');
};

export const howStackStands = (trouble: Trouble): string =>
  `How it stands: aws cloudformation describe-stacks --stack-name ${named(trouble, 'stack')} ${region}`;

export const howCrawlerStands = (trouble: Trouble): string =>
  `How it stands: aws glue get-crawler --name ${named(trouble, 'crawler')} ${region}`;
