import { principalOf } from '../../../caller.ts';
import {
  handlerFailure,
  type Kind,
  list,
  type Place,
  type Properties,
  removeWhere,
  required,
  structure,
  text,
} from './kind.ts';

const databaseName = (properties: Properties): string =>
  required(structure(properties.DatabaseInput), 'Name').toLowerCase();

/** Where Lake Formation guards the catalog, IAM's rights aren't enough for a new database (aws-facts §5). */
const checkCatalog = (place: Place): void => {
  const { account, stack } = place;
  const { lakeFormation } = account;
  if (!lakeFormation || lakeFormation.administrators.includes(principalOf(account, stack.actor ?? ''))) return;
  const message = 'Insufficient Lake Formation permission(s): Required Create Database on Catalog';
  throw handlerFailure(message, 'Glue', 'AccessDenied', place);
};

export const glueDatabase: Kind = {
  identify: (properties) => ({ physicalId: databaseName(properties), attributes: {} }),
  create: (_, { physicalId: name }, place) => {
    checkCatalog(place);
    if (place.account.databases.some((database) => database.name === name)) {
      throw handlerFailure(`Database ${name} already exists.`, 'Glue', 'AlreadyExists', place);
    }
    place.account.databases.push({ name, created: place.now });
  },
  // Glue drops the tables with their database.
  remove: (_, { physicalId: name }, { account }) => {
    removeWhere(account.databases, (database) => database.name === name);
    while (account.tables.some((table) => table.database === name)) {
      removeWhere(account.tables, (table) => table.database === name);
    }
  },
};

export const glueTable: Kind = {
  identify: (properties) => ({ physicalId: required(structure(properties.TableInput), 'Name'), attributes: {} }),
  create: (properties, { physicalId: name }, place) => {
    const database = required(properties, 'DatabaseName').toLowerCase();
    const { account, now } = place;
    if (!account.databases.some((known) => known.name === database)) {
      throw handlerFailure(`Database ${database} not found.`, 'Glue', 'NotFound', place);
    }
    if (account.tables.some((table) => table.database === database && table.name === name)) {
      throw handlerFailure('Table already exists.', 'Glue', 'AlreadyExists', place);
    }
    account.tables.push({ database, name, created: now });
  },
  remove: (properties, { physicalId: name }, { account }) => {
    const database = text(properties.DatabaseName)?.toLowerCase();
    removeWhere(account.tables, (table) => table.database === database && table.name === name);
  },
};

export const glueCrawler: Kind = {
  identify: (properties, { stack, logicalId }) => ({
    physicalId: text(properties.Name) ?? `${logicalId}-${stack.id.slice(-12)}`,
    attributes: {},
  }),
  create: (properties, { physicalId: name }, place) => {
    const { account, now } = place;
    if (account.crawlers.some((crawler) => crawler.name === name)) {
      throw handlerFailure(`${name} already exists`, 'Glue', 'AlreadyExists', place);
    }
    const expression = text(structure(properties.Schedule).ScheduleExpression);
    account.crawlers.push({
      name,
      database: text(properties.DatabaseName) ?? '',
      // Glue shows the role's name, path included, for the ARN that it was given.
      role: required(properties, 'Role').replace(/^arn:aws:iam::\d{12}:role\//, ''),
      targets: list(structure(properties.Targets).S3Targets).map((target) => ({
        path: text(structure(target).Path) ?? '',
        exclusions: list(structure(target).Exclusions).map(String),
      })),
      created: now,
      ...(expression === undefined ? {} : { schedule: { expression, state: 'SCHEDULED' as const, changed: now } }),
    });
  },
  remove: (_, { physicalId: name }, { account }) => removeWhere(account.crawlers, (crawler) => crawler.name === name),
};
