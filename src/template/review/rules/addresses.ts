import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, holeIn, literal, shown, type Text, textsAt } from '../value.ts';
import { placeOf, walkThrough } from '../walk.ts';
import { isReadElsewhere } from './leaves.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Endpoints beyond AWS, and people's addresses. */
export const addresses: Rule = (context) =>
  context.resources.flatMap((resource) => [...endpoints(resource), ...urls(resource), ...costMail(resource, context)]);

const endpoints = ({ id, type, properties }: Resource): readonly Remark[] => [
  ...at(properties, 'Subscription')
    .concat(type === 'AWS::SNS::Subscription' ? [properties] : [])
    .flatMap((each) => subscription(id, textsAt(each, 'Protocol'), textsAt(each, 'Endpoint'))),
  ...textsAt(properties, 'SelfManagedEventSource', 'Endpoints', 'KafkaBootstrapServers').map((text) =>
    remark('outside-endpoint', 'alarm', id, [
      `${id} takes its events from servers that are no service of AWS.`,
      shown(text),
      `Whoever runs them decides what the function is told. ${askSpot}`,
    ]),
  ),
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

/** What a budget or a watch over costs mails is the very data; an address that the user gave is the user's own. */
const costMail = ({ id, type, properties }: Resource, { given }: Context): readonly Remark[] => {
  if (!/^AWS::(CE|Budgets)::/.test(type)) return [];
  const mine = Object.keys(given.parameters).filter((key) => !given.prefilled.includes(key));
  return ['Subscribers', 'NotificationsWithSubscribers']
    .flatMap((key) => at(properties, key))
    .flatMap((each) => [...textsAt(each, 'Address'), ...textsAt(each, 'Subscribers', 'Address')])
    .filter((text) => !mine.some((key) => given.parameters[key] === literal(text)))
    .map((text) =>
      remark('cost-mail', 'alarm', id, [
        `${id} sends what this account costs to an address that you have not given.`,
        shown(text),
        `See whose address it is. ${askSpot}`,
      ]),
    );
};

/** `https://…`, `jdbc:postgresql://…`; what lies in S3 is a rule of its own. */
const onTheInternet = /^(?!s3:)(jdbc:)?[a-z][a-z0-9+.-]*:\/\//i;

/** `https://<a domain of the template's own>/…`, or a host of AWS's that begins with an id of its own. */
const isOwnAddress = ([first, second, third]: Text): boolean =>
  typeof first === 'string' &&
  first.endsWith('://') &&
  typeof second === 'object' &&
  'own' in second &&
  (/(DomainName|Endpoint)$/.test(second.attribute)
    ? third === undefined || (typeof third === 'string' && /^(:\d+)?(\/|$)/.test(third))
    : typeof third === 'string' && /^\.[a-z0-9.-]+\.amazonaws\.com(\/|$)/.test(third));

const urls = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  const found: Remark[] = [];
  // A federation provider's address is what makes it one, and what is only kept leads nowhere.
  if (/^AWS::(IAM::|SSM::Parameter$|SecretsManager::Secret$)/.test(type)) return found;
  walkThrough(properties, (value, path) => {
    if (value.kind !== 'text' || path.at(-1) === '$schema' || isReadElsewhere(resource, path)) return;
    const [first] = value.text;
    if (typeof first !== 'string' || !onTheInternet.test(first) || isOwnAddress(value.text)) return;
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
