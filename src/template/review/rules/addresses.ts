import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, holeIn, literal, shown, type Text, textsAt } from '../value.ts';
import { placeOf, walkThrough } from '../walk.ts';
import { isReadElsewhere } from './leaves.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Endpoints beyond AWS, and people's addresses. */
export const addresses: Rule = ({ resources }) =>
  resources.flatMap((resource) => [...endpoints(resource), ...urls(resource)]);

const endpoints = ({ id, type, properties }: Resource): readonly Remark[] => [
  ...at(properties, 'Subscription')
    .concat(type === 'AWS::SNS::Subscription' ? [properties] : [])
    .flatMap((each) => subscription(id, textsAt(each, 'Protocol'), textsAt(each, 'Endpoint'))),
  ...(/^AWS::Events::(ApiDestination|Connection|Endpoint)$/.test(type)
    ? [
        remark('outside-endpoint', 'alarm', id, [
          `${id} sends events of this account to an address on the internet.`,
          textsAt(properties, 'InvocationEndpoint').map(shown).join(', ') || type,
          askSpot,
        ]),
      ]
    : []),
];

const subscription = (id: string, protocols: readonly Text[], endpoints: readonly Text[]): readonly Remark[] =>
  endpoints.flatMap((endpoint) => {
    const kinds = protocols.map((text) => literal(text) ?? '');
    const seen = `${protocols.map(shown).join(', ')} ${shown(endpoint)}`;
    if (holeIn(endpoint) || kinds.some((kind) => /^https?$/.test(kind) || kind === ''))
      return [
        remark('outside-endpoint', 'alarm', id, [`${id} sends messages to an address on the internet.`, seen, askSpot]),
      ];
    return kinds.some((kind) => /^(email|sms)/.test(kind))
      ? [remark('mail', 'warning', id, [`${id} sends messages to a person.`, seen, 'See that it is someone of yours.'])]
      : [];
  });

/** `https://…`, `jdbc:postgresql://…`; what lies in S3 is a rule of its own. */
const onTheInternet = /^(?!s3:)(jdbc:)?[a-z][a-z0-9+.-]*:\/\//i;

const urls = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  const found: Remark[] = [];
  // A federation provider's address is what makes it one.
  if (type.startsWith('AWS::IAM::')) return found;
  walkThrough(properties, (value, path) => {
    if (value.kind !== 'text' || path.at(-1) === '$schema' || isReadElsewhere(resource, path)) return;
    const [first, second] = value.text;
    if (typeof first !== 'string' || !onTheInternet.test(first)) return;
    if (first.endsWith('://') && typeof second === 'object' && 'own' in second) return;
    found.push(
      remark('outside-endpoint', 'alarm', id, [
        `${id} is tied to an address on the internet.`,
        `${shown(value.text)} in ${placeOf(path)}`,
        `Data may leave there, or code come from there. ${askSpot}`,
      ]),
    );
  });
  return found;
};
