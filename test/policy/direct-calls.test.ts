import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directCalls, directGrants } from '../../src/policy/direct-calls.ts';
import { phases } from '../../src/policy/grant.ts';
import { names } from './given.ts';

/** What IAM calls the services whose clients the gateways use. */
const services: Readonly<Record<string, string>> = {
  'client-cloudformation': 'cloudformation',
  'client-cost-and-usage-report-service': 'cur',
  'client-glue': 'glue',
  'client-iam': 'iam',
  'client-lakeformation': 'lakeformation',
  'client-lambda': 'lambda',
  'client-organizations': 'organizations',
  'client-s3': 's3',
  'client-sts': 'sts',
};

const folder = join(import.meta.dirname, '../../src/aws');

/** Every command that the gateways import from the SDK, by service. */
const sent = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)])
  .flatMap(([, imported = '', client = '']) =>
    [...imported.matchAll(/(\w+)Command\b/g)].map(([, operation]) => `${services[client] ?? client}:${operation}`),
  );

describe('the calls of the gateways', () => {
  test('each has a row, but for what needs no right, or is a right of who assumes the role', () => {
    const rows = new Set(directCalls.map(({ call }) => call));
    const without = [...new Set(sent)].filter((call) => !rows.has(call));
    expect(without.filter((call) => !/^sts:(GetCallerIdentity|AssumeRole)/.test(call))).toEqual([]);
  });

  test('each row is one of them', () => {
    expect(directCalls.map(({ call }) => call).filter((call) => !sent.includes(call))).toEqual([]);
  });

  test('what only looks writes nothing', () => {
    const actions = directGrants('status', names).flatMap((grant) => grant.actions);
    expect(actions.filter((action) => !/^\w+:(Get|List|Describe)/.test(action))).toEqual([]);
  });

  test('each phase can look as well as status does, but for what is yet to come or gone', () => {
    const looks = directGrants('status', names).map(({ call }) => call);
    const offers = ['cloudformation:GetTemplateSummary', 'cloudformation:DescribeChangeSet'];
    for (const phase of ['status', 'setup', 'extractor'] as const) {
      const calls = directGrants(phase, names).map(({ call }) => call);
      const lacking = looks.filter((call) => !calls.includes(call));
      expect([phase, lacking]).toEqual([phase, phase === 'setup' ? offers : []]);
    }
  });

  test('the billing data itself is out of reach', () => {
    const objects = phases
      .flatMap((phase) => directGrants(phase, names))
      .filter(({ actions }) => actions.includes('s3:GetObject'))
      .flatMap(({ resources }) => resources);
    expect([...new Set(objects)]).toEqual([
      'arn:aws:s3:::spotinst-cur-report/spotinst_eco/spotinst-cur-report/*crawler-cfn.yml',
      'arn:aws:s3:::spotinst-cur-report/aws-programmatic-access-test-object',
    ]);
  });

  test('the billing data is deleted by those alone who ask for that', () => {
    const deletes = (deleteData: boolean) =>
      phases
        .flatMap((phase) => directGrants(phase, names, deleteData))
        .flatMap(({ actions, resources }) => (/:(Delete(Object|Bucket$)|Abort)/.test(actions.join()) ? resources : []));
    expect(deletes(false)).toEqual([]);
    expect(new Set(deletes(true))).toEqual(
      new Set([
        'arn:aws:s3:::spotinst-cur-report',
        'arn:aws:s3:::spotinst-cur-report/spotinst_eco/spotinst-cur-report/*',
        'arn:aws:s3:::spotinst-cur-report/aws-programmatic-access-test-object',
      ]),
    );
  });

  test.each([
    ['cur:PutReportDefinition', ['arn:aws:cur:us-east-1:111122223333:definition/spotinst-cur-report']],
    ['cur:DescribeReportDefinitions', ['*']],
    ['cloudformation:CreateStack', ['arn:aws:cloudformation:us-east-1:111122223333:stack/SpotEcoStack/*']],
    ['glue:GetCrawler', ['arn:aws:glue:us-east-1:111122223333:crawler/AWSCURCrawler-spotinst-cur-report']],
    ['glue:UpdateCrawlerSchedule', ['*']],
    [
      'glue:GetTables',
      [
        'arn:aws:glue:us-east-1:111122223333:catalog',
        'arn:aws:glue:us-east-1:111122223333:database/athenacurcfn_spotinst_cur_report',
        'arn:aws:glue:us-east-1:111122223333:table/athenacurcfn_spotinst_cur_report/*',
      ],
    ],
    ['iam:GetRole', ['arn:aws:iam::111122223333:role/*']],
  ])('%s is scoped to what it is for', (call, resources) => {
    expect(directGrants('setup', names).find((grant) => grant.call === call)?.resources).toEqual(resources);
  });

  test('the role that the policy is for is the only one that is looked up', () => {
    const role = 'arn:aws:iam::111122223333:role/msp/Setup';
    const grants = directGrants('setup', { ...names, principals: [role] });
    const rights = grants.filter(({ actions }) => actions.some((action) => action.startsWith('iam:')));
    expect(rights.map(({ resources }) => resources)).toEqual([[role], [role]]);
    const user = directGrants('setup', { ...names, principals: ['arn:aws:iam::111122223333:user/jo'] });
    expect(user.map(({ call }) => call)).not.toContain('iam:GetRole');
  });
});
