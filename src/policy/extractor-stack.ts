import { readWhole, wholeFrom } from '../template/review/whole.ts';
import type { Names } from './grant.ts';
import { resourcesOf } from './resource-types/created.ts';
import type { StackContents } from './stack-grants.ts';

/** What Spot's link leads to. */
export interface ExtractorTemplate {
  /** Where it lies in S3, as its link says. */
  readonly address: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined };
  /** What it says, where it was read: without it, what its stack takes is not known. */
  readonly contents?: {
    readonly text: string;
    /** The very parameters that will be sent. */
    readonly parameters: Readonly<Record<string, string>>;
  };
}

/** What the extractor's stack holds; nothing while its template was not read. @throws Problem for one that can't be read */
export const extractorStack = (names: Names, extractor: ExtractorTemplate | undefined): StackContents => {
  const { text, parameters } = extractor?.contents ?? { text: undefined, parameters: {} };
  const template = text === undefined ? wholeFrom({}) : readWhole(text, "Spot's template");
  const account = names.account === '*' ? undefined : names.account;
  return {
    whose: 'ExtractorStack',
    stackName: names.extractorStackName,
    resources: resourcesOf(template, parameters, account),
  };
};
