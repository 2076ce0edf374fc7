import * as v from 'valibot';
import { Problem } from '../errors.ts';
import type { Field } from '../field.ts';
import { aloneIn, linkExample, readQuickCreateLink } from '../template/quick-create-link.ts';

/** Why a text is no link that may be opened; undefined when it is one. */
const objection = (text: string): string | undefined => {
  try {
    readQuickCreateLink(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.message.replace(/^.* is refused: /, '').replace(/\.$/, '');
  }
};

/** Spot's link: ends step 2 and begins step 3. */
export const linkField: Field = {
  id: 'link',
  label: "Spot's link",
  rule: 'the quick-create link that Spot sends back',
  fixedBy: 'extractor-stack',
  example: linkExample,
  shape: 'text',
  schema: v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed ? objection(dataset.value) : undefined;
      if (message !== undefined) addIssue({ message });
    }),
    v.transform(aloneIn),
  ),
};
