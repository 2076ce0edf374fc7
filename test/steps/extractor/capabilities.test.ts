import { expect, test } from 'vitest';
import { capabilitiesOf } from '../../../src/steps/extractor/capabilities.ts';
import type { Offer } from '../../../src/steps/extractor/inspect.ts';
import { readTemplate } from '../../../src/template/template.ts';

const offered = (resources: string, capabilities: readonly string[] = [], reason?: string, transform = '') =>
  ({
    template: readTemplate(Buffer.from(`${transform}\nResources: {${resources}}`), 'x'),
    summary: { capabilities, capabilitiesReason: reason, transforms: [] },
  }) as unknown as Offer;
const role = (properties = '') => `A: {Type: AWS::IAM::Role, Properties: {${properties}}}`;

test.each<[string, Offer, Readonly<Record<string, RegExp>>]>([
  ['no IAM', offered('A: {Type: AWS::SNS::Topic}'), {}],
  ['a role', offered(role()), { CAPABILITY_IAM: /^it creates IAM resources: A \(AWS::IAM::Role\)$/ }],
  ['a role by CloudFormation’s own words', offered(role(), ['CAPABILITY_IAM'], 'said so'), { CAPABILITY_IAM: /A \(/ }],
  ['a role with a name', offered(role('RoleName: x')), { CAPABILITY_NAMED_IAM: /names of its own: A/ }],
  [
    'a role with a name that CloudFormation understates',
    offered(role('RoleName: x'), ['CAPABILITY_IAM'], 'said so'),
    { CAPABILITY_IAM: /said so/, CAPABILITY_NAMED_IAM: /A/ },
  ],
  [
    'more than is seen here',
    offered('A: {Type: X}', ['CAPABILITY_NAMED_IAM']),
    { CAPABILITY_NAMED_IAM: /asks for it/ },
  ],
  ['a transform', offered('A: {Type: X}', [], undefined, 'Transform: [T1, T2]'), { CAPABILITY_AUTO_EXPAND: /T1, T2/ }],
])('%s', (_, offer, expected) => {
  const found = capabilitiesOf(offer);
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
  for (const { name, why } of found) expect(why).toMatch(expected[name] ?? /never/);
});
