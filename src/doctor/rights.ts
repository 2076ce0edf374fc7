import type { Verdict } from '../aws/permissions.ts';
import type { Conditions, Grant, Phase } from '../policy/grant.ts';
import { phases } from '../policy/grant.ts';
import { grantsFor } from '../policy/grants.ts';
import type { Looks, Sight, Unseen } from './looks.ts';
import type { Names } from './names.ts';
import { partitionOf, type Subject } from './subject.ts';

/** What could be told of the caller's rights before they are needed. */
export type Rights =
  /** Every grant that a phase needs, and IAM's verdicts on them. */
  | { readonly kind: 'simulated'; readonly principal: string; readonly asked: readonly AskedGrant[] }
  /** IAM simulates users and roles alone. */
  | { readonly kind: 'skipped'; readonly who: 'root' | 'session' }
  | { readonly kind: 'unseen'; readonly unseen: Unseen };

export interface AskedGrant {
  readonly grant: Grant;
  readonly verdicts: readonly Verdict[];
}

/** What the doctor itself asks for: a lack of it shows where it looks. */
const ownLooks = /^Foresee/;

export const inspectRights = async (looks: Looks, subject: Subject, names: Names): Promise<Rights> => {
  const principal = await principalOf(looks, subject.caller.arn);
  if ('kind' in principal) return principal;
  if (!principal.known) return { kind: 'unseen', unseen: principal };
  const { caller } = subject;
  const place = { ...names, partition: partitionOf(caller), account: caller.account, principals: [principal.value] };
  const grants = phases.flatMap((phase: Phase) => grantsFor(phase, place)).filter(({ topic }) => !ownLooks.test(topic));
  const verdicts = await looks.look(async ({ permissions }) =>
    Promise.all(
      questionsFor(grants).map(async (question) => ({
        question,
        verdicts: await permissions.simulate(principal.value, question),
      })),
    ),
  );
  if (!verdicts.known) return { kind: 'unseen', unseen: verdicts };
  const asked = grants.map((grant) => ({
    grant,
    verdicts: verdicts.value
      .filter(({ question }) => question.key === keyOf(grant))
      .flatMap((answer) => answer.verdicts)
      .filter(({ action, resource }) => grant.actions.includes(action) && grant.resources.includes(resource)),
  }));
  return asked.some((each) => each.verdicts.length > 0)
    ? { kind: 'simulated', principal: principal.value, asked }
    : { kind: 'unseen', unseen: { known: false, reason: "IAM's simulation says nothing.", denied: false } };
};

/** The actions of a grant that the simulation says nothing of, on one of its resources at least. */
export const untold = ({ grant, verdicts }: AskedGrant): readonly string[] =>
  grant.actions.filter((action) =>
    grant.resources.some((on) => !verdicts.some((each) => each.action === action && each.resource === on)),
  );

/** Whose policies count: an assumed role's are the role's own, whose path its session does not tell. */
const principalOf = async (
  looks: Looks,
  arn: string,
): Promise<Sight<string> | Extract<Rights, { kind: 'skipped' }>> => {
  if (/:iam::\d+:user\//.test(arn)) return { known: true, value: arn };
  if (arn.endsWith(':root')) return { kind: 'skipped', who: 'root' };
  const [, name] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (name === undefined) return { kind: 'skipped', who: 'session' };
  const found = await looks.look((aws) => aws.permissions.findRoleArn(name));
  if (!found.known) return found;
  return found.value === undefined
    ? { known: false, reason: `IAM knows no role ${name}.`, denied: false }
    : { known: true, value: found.value };
};

/** Grants that can be asked together: those of one service, by requests of one kind. */
const keyOf = ({ actions: [first = ''], conditions }: Grant): string =>
  `${first.split(':')[0]} ${JSON.stringify(conditions ?? {})}`;

/** All that the grants take, in few questions, each of at most a hundred actions. */
const questionsFor = (grants: readonly Grant[]) =>
  [...new Set(grants.map(keyOf))].flatMap((key) => {
    const alike = grants.filter((grant) => keyOf(grant) === key);
    const resources = [...new Set(alike.flatMap((grant) => grant.resources))];
    const actions = [...new Set(alike.flatMap((grant) => grant.actions))];
    const context = contextOf(alike[0]?.conditions);
    return chunks(actions, 100).map((some) => ({ key, actions: some, resources, context }));
  });

/** A request that meets the conditions under which a right is given. */
const contextOf = (conditions: Conditions = {}): Readonly<Record<string, readonly string[]>> =>
  Object.assign({}, ...Object.values(conditions).map((keys) => ({ ...keys })));

const chunks = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, index) => all.slice(index * most, (index + 1) * most));
