import type { Resource } from '../../template/review/resource.ts';
import { textsAt } from '../../template/review/value.ts';
import { type Creation, namesOf, patternOf } from './created.ts';
import { broughtBy, type Kind, passing } from './kind.ts';
import { handlersOf, operationsOf } from './sources.ts';

const named = (resource: Resource, path: readonly string[], creation: Creation): readonly string[] => {
  const names = textsAt(resource.properties, ...path).map((text) => patternOf(text, creation).toLowerCase());
  return names.length > 0 ? names : ['*'];
};

const catalog = ({ arn }: Creation) => arn.here('glue', 'catalog');

/** Deleting a database takes the right to delete all that may be in it (Service Authorization Reference). */
const below = (database: string, { arn }: Creation): readonly string[] => [
  arn.here('glue', `table/${database}/*`),
  arn.here('glue', `userDefinedFunction/${database}/*`),
];

export const glueDatabase: Kind = {
  source: operationsOf('aws-resource-glue-database'),
  arns: (resource, creation) =>
    named(resource, ['DatabaseInput', 'Name'], creation).map((name) => creation.arn.here('glue', `database/${name}`)),
  rights(resource, creation) {
    const databases = glueDatabase.arns(resource, creation);
    const resources = [catalog(creation), ...databases];
    const inside = named(resource, ['DatabaseInput', 'Name'], creation).flatMap((name) => below(name, creation));
    const about = 'Databases';
    return [
      { when: 'make', about, actions: ['glue:CreateDatabase', 'glue:GetDatabase'], resources },
      {
        when: 'take',
        about,
        actions: ['glue:DeleteDatabase', 'glue:GetDatabase'],
        resources: [...resources, ...inside],
      },
    ];
  },
};

export const glueTable: Kind = {
  source: operationsOf('aws-resource-glue-table'),
  arns: (resource, creation) =>
    named(resource, ['DatabaseName'], creation).flatMap((database) =>
      named(resource, ['TableInput', 'Name'], creation).map((name) =>
        creation.arn.here('glue', `table/${database}/${name}`),
      ),
    ),
  rights(resource, creation) {
    const databases = named(resource, ['DatabaseName'], creation).map((name) =>
      creation.arn.here('glue', `database/${name}`),
    );
    const resources = [catalog(creation), ...databases, ...glueTable.arns(resource, creation)];
    const about = 'Tables';
    return [
      { when: 'make', about, actions: ['glue:CreateTable', 'glue:GetTable'], resources },
      { when: 'take', about, actions: ['glue:DeleteTable', 'glue:GetTable'], resources },
    ];
  },
};

export const glueCrawler: Kind = {
  source: handlersOf('aws-glue-crawler'),
  arns: (resource, creation) =>
    textsAt(resource.properties, 'Name').length > 0
      ? namesOf(resource, 'Name', creation).map((name) => creation.arn.here('glue', `crawler/${name}`))
      : [creation.arn.here('glue', `crawler/${resource.id}-*`)],
  rights(resource, creation) {
    const resources = glueCrawler.arns(resource, creation);
    const about = 'Crawlers';
    return [
      // IAM knows no resource for this one (Service Authorization Reference).
      { when: 'make', about: 'NewCrawlers', actions: ['glue:CreateCrawler'], resources: ['*'] },
      {
        when: 'make',
        about,
        actions: ['glue:GetCrawler', 'glue:GetTags', ...broughtBy(resource, { Tags: ['glue:TagResource'] })],
        resources,
      },
      {
        when: 'take',
        about,
        actions: ['glue:DeleteCrawler', 'glue:GetCrawler', 'glue:StopCrawler'],
        resources,
      },
      ...passing(resource, ['Role'], 'glue.amazonaws.com', creation, 'both'),
    ];
  },
};
