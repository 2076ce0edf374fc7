import { type JsonInput, jsonOperation, jsonService, neededText, text } from '../../json.ts';
import { type Context, type Service, ServiceError } from '../../service.ts';
import type { GlueDatabase, GlueTable } from '../../world.ts';
import { crawlerOperations } from './crawlers.ts';

/** The Glue data catalog and its crawlers, as far as a report's crawler stack fills them. */
export const glue: Service = jsonService('glue', {
  ...crawlerOperations,

  GetDatabase: jsonOperation(false, (context, input) => ({
    Database: shownDatabase(databaseOf(context, neededText(input, 'Name')), context),
  })),
  GetDatabases: jsonOperation(false, (context) => ({
    DatabaseList: context.account.databases.map((database) => shownDatabase(database, context)),
  })),
  // The tables go with it.
  DeleteDatabase: jsonOperation(true, (context, input) => {
    const { databases, tables } = context.account;
    const database = databaseOf(context, neededText(input, 'Name'));
    databases.splice(databases.indexOf(database), 1);
    const kept = tables.filter((table) => table.database !== database.name);
    tables.splice(0, tables.length, ...kept);
    return {};
  }),

  GetTable: jsonOperation(false, (context, input) => {
    const name = neededText(input, 'Name');
    const found = tablesOf(context, input).find((table) => table.name === name);
    if (!found) throw new ServiceError('EntityNotFoundException', `Entity Not Found (table ${name})`);
    return { Table: shownTable(found, context) };
  }),
  GetTables: jsonOperation(false, (context, input) => {
    const wanted = patternOf(text(input, 'Expression') ?? '*');
    const tables = tablesOf(context, input).filter(({ name }) => wanted.test(name));
    return { TableList: tables.map((table) => shownTable(table, context)) };
  }),
});

/** Of Glue's expressions only the asterisk is known here, with or without a dot before it. */
const patternOf = (expression: string): RegExp => {
  const plain = expression.split(/\.?\*/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${plain.join('.*')}$`);
};

const databaseOf = ({ account }: Context, name: string): GlueDatabase => {
  const found = account.databases.find((database) => database.name === name);
  if (found) return found;
  throw new ServiceError('EntityNotFoundException', `Database ${name} not found.`);
};

const tablesOf = (context: Context, input: JsonInput): GlueTable[] => {
  const { name } = databaseOf(context, neededText(input, 'DatabaseName'));
  return context.account.tables.filter((table) => table.database === name);
};

const shownDatabase = ({ name, created }: GlueDatabase, { account }: Context) => ({
  Name: name,
  CreateTime: created / 1000,
  CatalogId: account.id,
});

const shownTable = ({ database, name, created }: GlueTable, { account }: Context) => ({
  Name: name,
  DatabaseName: database,
  CreateTime: created / 1000,
  UpdateTime: created / 1000,
  TableType: 'EXTERNAL_TABLE',
  CatalogId: account.id,
});
