import { whose } from '../accounts.ts';
import type { Context } from '../context.ts';
import { ownByName } from '../created.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import type { Resource } from '../resource.ts';
import { listed, literal, shown, type Text, textsAt } from '../value.ts';
import { actionsOverlap, overlap } from '../wildcards.ts';
import { isEverything, isInEveryService, resourcesOf } from './reach.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Data that is reached through the data catalog: by grants of Lake Formation, which stand in no policy, and by its right to read. */
export const catalog: Rule = (context) => [
  ...context.resources.flatMap((resource) => grants(resource, context)),
  ...dataAccess(context),
];

const grants = (resource: Resource, context: Context): readonly Remark[] => {
  const { id, type, properties } = resource;
  if (!/^AWS::LakeFormation::(Principal)?Permissions$/.test(type)) return [];
  const strangers = ['Principal', 'DataLakePrincipal']
    .flatMap((key) => textsAt(properties, key, 'DataLakePrincipalIdentifier'))
    .filter((text) => whose(text, context) !== 'own-resource');
  const others = databases(properties).filter((text) => !isReports(text, context));
  return [
    ...strangers.map((text) =>
      remark('catalog-grant', 'alarm', id, [
        `${id} opens the data catalog to someone whom the template does not create.`,
        `DataLakePrincipalIdentifier ${shown(text)}`,
        askSpot,
      ]),
    ),
    ...others.map((text) =>
      remark('catalog-grant', 'alarm', id, [
        `${id} opens tables of the data catalog that are not the report's.`,
        `Database ${shown(text)}`,
        `That is data beyond the report. ${askSpot}`,
      ]),
    ),
  ];
};

const databases = (properties: Resource['properties']): readonly Text[] => [
  ...['Table', 'TableWithColumns', 'TableResource', 'TableWithColumnsResource'].flatMap((key) =>
    textsAt(properties, 'Resource', key, 'DatabaseName'),
  ),
  ...['Database', 'DatabaseResource'].flatMap((key) => textsAt(properties, 'Resource', key, 'Name')),
];

/** AWS's crawler file calls the report's database so. */
const reportsDatabase = /^athenacurcfn_\w+$/;

const isReports = (text: Text, context: Context): boolean =>
  ownByName(text, /^AWS::Glue::Database$/, context) !== undefined || reportsDatabase.test(literal(text) ?? '');

/**
 * lakeformation:GetDataAccess takes no resource: which tables it opens, the rights in the catalog say. Wherever those reach
 * further than the report, so does the data.
 */
const dataAccess = ({ statements }: Context): readonly Remark[] => {
  const identities = statements.filter(({ kind }) => kind === 'identity');
  const wide = identities.filter((each) => allows(each, tables) && resourcesOf(each).some(isAnyTable));
  return identities
    .filter((each) => allows(each, ['lakeformation:GetDataAccess']))
    .map(({ resource, place }) =>
      remark('catalog-data', wide.length > 0 ? 'alarm' : 'warning', resource.id, [
        wide.length > 0
          ? `${resource.id} may read whatever Lake Formation opens to it, and the tables are not narrowed to the report's.`
          : `${resource.id} may read what Lake Formation opens to it.`,
        [
          `lakeformation:GetDataAccess in ${place}`,
          ...wide.map((each) => `tables ${listed(resourcesOf(each))} in ${each.resource.id}`),
        ].join(', '),
        wide.length > 0
          ? `Ask for a template that names the report's database. ${askSpot}`
          : 'See what is granted there.',
      ]),
    );
};

const tables = ['glue:GetTable', 'glue:GetTables', 'glue:SearchTables'];

const allows = ({ actions }: Statement, wanted: readonly string[]): boolean =>
  actions.some(
    ({ pattern }) =>
      pattern !== undefined &&
      !isEverything(pattern) &&
      !isInEveryService(pattern) &&
      wanted.some((each) => actionsOverlap(each, pattern)),
  );

/** True for a pattern that means tables of a database nobody has named. */
const isAnyTable = (text: Text): boolean => {
  const written = text.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const [, behind] = /^arn:[^:]*:glue:[^:]*:[^:]*:(.*)$/.exec(written) ?? [];
  return behind === undefined
    ? overlap(written, `arn:aws:glue:us-east-1:111122223333:${anyTable}`)
    : overlap(behind, anyTable);
};

const anyTable = 'table/a-database-of-somebody/a-table';
