import { obstacleTo, sentenceOf } from '../../../rights/denials.ts';
import { ServiceError } from '../../../service.ts';
import type { Account, Stack, StackOutput, TimelineEntry, World } from '../../../world.ts';
import { handlerFailure, type Properties, ResourceFailure } from '../resources/kind.ts';
import { kindOf } from '../resources/kinds.ts';
import { handlerCalls } from '../resources/rights.ts';
import { identityOf } from '../stacks.ts';
import { conditionHolds, evaluate } from '../template/evaluate.ts';
import type { Template, Value } from '../template/model.ts';
import { templateOf } from '../template/of-stack.ts';
import { parameterValues } from '../template/parameter-values.ts';
import { noValue, type Scope } from '../template/scope.ts';

/** A stack at work: where its entries take effect. */
export interface Run {
  readonly world: World;
  readonly account: Account;
  readonly stack: Stack;
}

/** Gives the resource of this entry its name, and works out its properties from those that stand. @throws ResourceFailure */
export const identify = (run: Run, { logicalId, type, at }: TimelineEntry): void => {
  const scope = scopeOf(run);
  const kind = kindOf(type);
  if (!kind) throw new ResourceFailure(`Resource type ${type} is not simulated`);
  const properties = propertiesOf(scope.template, logicalId, scope);
  const made = kind.identify(properties, { ...run, logicalId, now: at });
  run.stack.resources[logicalId] = { type, ...made, properties, created: false };
};

/** Puts the resource into the world. @throws ResourceFailure */
export const create = (run: Run, { logicalId, type, at, fault }: TimelineEntry): void => {
  if (fault !== undefined) throw new ResourceFailure(fault);
  const resource = run.stack.resources[logicalId];
  if (!resource) return;
  checkActor(run, { logicalId, at, verb: 'create' });
  kindOf(type)?.create?.(resource.properties, resource, { ...run, logicalId, now: at });
  resource.created = true;
};

/** Takes the resource out of the world. @throws ResourceFailure */
export const remove = (run: Run, { logicalId, type, at, fault }: TimelineEntry): void => {
  if (fault !== undefined) throw new ResourceFailure(fault);
  const resource = run.stack.resources[logicalId];
  if (!resource) return;
  const kind = kindOf(type);
  if (resource.created || kind?.removedUnmade) {
    checkActor(run, { logicalId, at, verb: 'remove' });
    kind?.remove?.(resource.properties, resource, { ...run, logicalId, now: at });
  }
  delete run.stack.resources[logicalId];
};

/** CloudFormation acts with the rights of whoever asked for it. @throws ResourceFailure */
const checkActor = (
  run: Run,
  { logicalId, at, verb }: { readonly logicalId: string; readonly at: number; readonly verb: 'create' | 'remove' },
): void => {
  const { account, stack } = run;
  const resource = stack.resources[logicalId];
  if (!resource || stack.actor === undefined) return;
  for (const { action, resource: arn } of handlerCalls(verb, { ...resource, account: account.id })) {
    const obstacle = obstacleTo(account, action, [arn]);
    if (!obstacle) continue;
    const service = action.split(':')[0] ?? '';
    const name = service.charAt(0).toUpperCase() + service.slice(1);
    throw handlerFailure(sentenceOf(obstacle, stack.actor), name, 'AccessDenied', { ...run, logicalId, now: at });
  }
};

/** The stack's outputs, once all of its resources stand. */
export const outputsOf = (run: Run): StackOutput[] => {
  const scope = scopeOf(run);
  return Object.entries(scope.template.outputs).flatMap(([key, { value, description, condition, exportName }]) => {
    if (condition !== undefined && !conditionHolds(condition, scope)) return [];
    const about = description === undefined ? {} : { description };
    const exported = exportName === undefined ? {} : { exportName: outputText(exportName, scope) };
    return [{ key, value: outputText(value, scope), ...about, ...exported }];
  });
};

const outputText = (value: Value, scope: Scope): string => {
  const worked = workedOut(() => evaluate(value, scope));
  return Array.isArray(worked) ? worked.join(',') : String(worked === noValue ? '' : worked);
};

const scopeOf = ({ account, stack }: Run): Scope => {
  const template = templateOf(stack);
  const parameters = parameterValues(template, stack.parameters);
  return { template, parameters, stack: identityOf(account, stack), resources: stack.resources };
};

/** What can't be worked out fails the stack, as it does in AWS. */
const workedOut = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServiceError) throw new ResourceFailure(error.message);
    throw error;
  }
};

const propertiesOf = (template: Template, logicalId: string, scope: Scope): Properties => {
  const worked = workedOut(() => evaluate(template.resources[logicalId]?.properties ?? {}, scope));
  return typeof worked === 'object' && worked !== null && !Array.isArray(worked) ? (worked as Properties) : {};
};
