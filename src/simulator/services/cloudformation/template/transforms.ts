import { isMapping } from './model.ts';
import { readDocument, readTemplate } from './read.ts';

/** The one transform that is imitated, as far as a template uses none of its functions: it then changes nothing. */
const languageExtensions = 'AWS::LanguageExtensions';

export const isNotSimulated = (transform: string): boolean => transform !== languageExtensions;

/** What CloudFormation makes of a template: one without transforms stays as it was sent, any other is JSON without them. */
export const processed = (text: string): string => {
  if (text === '' || readTemplate(text).transforms.length === 0) return text;
  const document = readDocument(text);
  if (!isMapping(document)) return text;
  const { Transform: _, ...rest } = document;
  return JSON.stringify(rest);
};
