import { generatedName, type Kind, type Place, type Properties, text } from './kind.ts';

/** Types that the world doesn't keep: they get a name and an ARN, so that others can refer to them. */
const named = (property: string, arn: (name: string) => string, physical: 'name' | 'arn' = 'name'): Kind => ({
  identify: (properties: Properties, place: Place) => {
    const name = text(properties[property]) ?? generatedName(place);
    const full = `arn:aws:${arn(name).replace('ACCOUNT', place.account.id)}`;
    return { physicalId: physical === 'arn' ? full : name, attributes: { Arn: full, TopicArn: full, TopicName: name } };
  },
});

export const eventsRule = named('Name', (name) => `events:us-east-1:ACCOUNT:rule/${name}`);
export const logGroup = named('LogGroupName', (name) => `logs:us-east-1:ACCOUNT:log-group:${name}:*`);
export const snsTopic = named('TopicName', (name) => `sns:us-east-1:ACCOUNT:${name}`, 'arn');

export const ssmParameter: Kind = {
  identify: (properties, place) => ({
    physicalId: text(properties.Name) ?? generatedName(place),
    attributes: { Type: text(properties.Type) ?? 'String', Value: text(properties.Value) ?? '' },
  }),
};
