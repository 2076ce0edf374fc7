import { arns } from './arns.ts';
import { crawlerStack } from './crawler-stack.ts';
import { directGrants } from './direct-calls.ts';
import { type ExtractorTemplate, extractorStack } from './extractor-stack.ts';
import type { Grant, Names, Phase } from './grant.ts';
import { stackGrants, unknownTypes } from './stack-grants.ts';

/**
 * What a phase needs, enough for it alone: what this program asks for itself, and what CloudFormation does in the caller's name.
 * Without the extractor's template its stack's own rights are missing.
 */
export const grantsFor = (
  phase: Phase,
  names: Names,
  { extractor, deleteData }: { readonly extractor?: ExtractorTemplate | undefined; readonly deleteData?: boolean } = {},
): readonly Grant[] => [
  ...directGrants(phase, names, deleteData),
  ...(extractor ? templateGrants(phase, names, extractor) : []),
  ...(phase === 'setup' || phase === 'remove' ? stackGrants(phase, names, crawlerStack(names)) : []),
  ...(phase === 'extractor' || phase === 'remove' ? stackGrants(phase, names, extractorStack(names, extractor)) : []),
];

/** Resource types of the extractor's template of which the table does not know what they take. */
export const typesWithoutGrants = (names: Names, extractor: ExtractorTemplate): readonly string[] =>
  unknownTypes(extractorStack(names, extractor).resources);

/** Reading the template: this program does, and CloudFormation in the caller's name where it is given the URL alone. */
const templateGrants = (phase: Phase, names: Names, { address }: ExtractorTemplate): readonly Grant[] =>
  phase === 'status' || phase === 'extractor'
    ? [
        {
          phase,
          topic: 'ReadTemplate',
          actions: [address.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
          resources: [arns(names).object(address.key, address.bucket)],
          by: 'call',
          call: 's3:GetObject',
          why: "to read the extractor's template",
        },
      ]
    : [];
