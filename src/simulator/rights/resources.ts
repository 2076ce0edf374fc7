import { bodyText, type HttpRequest } from '../http.ts';
import { queryParameters } from '../query.ts';
import { addressOf } from '../services/s3/address.ts';
import type { Account, ServiceName } from '../world.ts';

/** A request as policies see it. */
export interface Asked {
  readonly account: Account;
  readonly service: ServiceName;
  readonly operation: string;
  readonly request: HttpRequest;
}

/**
 * The ARNs that a request needs its action for, the one that AWS names first; `*` where IAM knows no narrower resource for the
 * action (Service Authorization Reference).
 */
export const resourcesOf = (asked: Asked): readonly string[] => resources[asked.service](asked);

const everything = ['*'];

const here = ({ id }: Account, service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${id}:${resource}`;

const jsonInput = (request: HttpRequest): Readonly<Record<string, unknown>> => {
  try {
    const input: unknown = JSON.parse(bodyText(request));
    return typeof input === 'object' && input !== null ? { ...input } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
};

const resources: Readonly<Record<ServiceName, (asked: Asked) => readonly string[]>> = {
  organizations: () => everything,
  lakeformation: () => everything,

  sts: ({ request }) => [queryParameters(request).RoleArn ?? '*'],

  s3: ({ request }) => {
    const { bucket, key } = addressOf(request);
    if (bucket === undefined) return everything;
    return [`arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`];
  },

  cur: ({ account, operation, request }) => {
    if (operation === 'DescribeReportDefinitions') return everything;
    const input = jsonInput(request);
    const { ReportName: inside } = { ReportName: undefined, ...(input.ReportDefinition as object | undefined) };
    return [here(account, 'cur', `definition/${String(input.ReportName ?? inside ?? '*')}`)];
  },

  cloudformation: ({ account, request }) => {
    const { StackName: stack, ChangeSetName: changeSet } = queryParameters(request);
    const byArn = changeSet?.startsWith('arn:') ? [changeSet] : [];
    if (stack === undefined) return byArn.length > 0 ? byArn : everything;
    return [stack.startsWith('arn:') ? stack : here(account, 'cloudformation', `stack/${stack}/*`), ...byArn];
  },

  glue: ({ account, operation, request }) => {
    const input = jsonInput(request);
    const database = operation.endsWith('Database') ? input.Name : input.DatabaseName;
    if (operation.includes('Crawler')) {
      const crawler = input.Name ?? input.CrawlerName;
      return operation.endsWith('Schedule') || crawler === undefined
        ? everything
        : [here(account, 'glue', `crawler/${crawler}`)];
    }
    const catalog = here(account, 'glue', 'catalog');
    if (database === undefined) return [catalog];
    const table = operation.includes('Table') ? [here(account, 'glue', `table/${database}/${input.Name ?? '*'}`)] : [];
    return [catalog, here(account, 'glue', `database/${database}`), ...table];
  },

  iam: ({ account, request }) => {
    const { RoleName: role, PolicySourceArn: source } = queryParameters(request);
    if (source !== undefined) return [source];
    if (role === undefined) return everything;
    const path = account.roles.find(({ name }) => name === role)?.path ?? '/';
    return [`arn:aws:iam::${account.id}:role${path}${role}`];
  },

  lambda: ({ account, operation, request }) => {
    if (operation !== 'GetFunction') return everything;
    return [here(account, 'lambda', `function:${decodeURIComponent(request.path.split('/').at(-1) ?? '')}`)];
  },
};
