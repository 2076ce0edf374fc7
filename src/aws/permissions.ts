import {
  type EvaluationResult,
  GetRoleCommand,
  type IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';

/** What IAM's simulation says of one action on one resource. */
export interface Verdict {
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** An explicit denial, which no further allowance lifts. */
  readonly denied: boolean;
  /** True when only a permissions boundary is in the way. */
  readonly bounded: boolean;
  /** True when a policy has conditions on what the simulation was not told: the real call may come out otherwise. */
  readonly unsure: boolean;
}

/** What is asked of the simulation: all actions, each on all resources, by requests that bring this for condition keys. */
export interface Asked {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Permissions {
  /** The ARN of a role, path included; undefined when there is none of that name. */
  findRoleArn(name: string): Promise<string | undefined>;
  /**
   * What the policies of a user or role, its boundary and its organization's say. Session policies and those of resources have
   * no part in it (IAM, SimulatePrincipalPolicy).
   */
  simulate(principal: string, asked: Asked): Promise<readonly Verdict[]>;
}

export const permissions = (iam: () => IAMClient): Permissions => ({
  async findRoleArn(RoleName) {
    try {
      return (await iam().send(new GetRoleCommand({ RoleName }))).Role?.Arn;
    } catch (error) {
      if ((error as Error).name === 'NoSuchEntityException') return undefined;
      throw error;
    }
  },

  async simulate(PolicySourceArn, { actions, resources, context }) {
    const verdicts: Verdict[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam().send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn,
          ActionNames: [...actions],
          ResourceArns: [...resources],
          ContextEntries: Object.entries(context).map(([ContextKeyName, values]) => ({
            ContextKeyName,
            ContextKeyValues: [...values],
            ContextKeyType: values.length === 1 ? ('string' as const) : ('stringList' as const),
          })),
          MaxItems: 1000,
          ...(Marker && { Marker }),
        }),
      );
      verdicts.push(...(page.EvaluationResults ?? []).flatMap((result) => verdictsIn(result, resources)));
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker);
    return verdicts;
  },
});

/**
 * IAM gives one result an action, with the resources inside, and used to give one for each of them: both are read. A result
 * that names none of the resources is meant for all.
 */
const verdictsIn = (result: EvaluationResult, asked: readonly string[]): readonly Verdict[] => {
  const action = result.EvalActionName ?? '';
  if (result.ResourceSpecificResults && result.ResourceSpecificResults.length > 0)
    return result.ResourceSpecificResults.map((each) => ({
      ...decided(each.EvalResourceDecision, each),
      action,
      resource: each.EvalResourceName ?? '*',
    }));
  const named = asked.filter((resource) => resource === result.EvalResourceName);
  return (named.length > 0 ? named : asked).map((resource) => ({
    ...decided(result.EvalDecision, result),
    action,
    resource,
  }));
};

const decided = (
  decision: EvaluationResult['EvalDecision'],
  {
    MissingContextValues = [],
    PermissionsBoundaryDecisionDetail: boundary,
  }: Pick<EvaluationResult, 'MissingContextValues' | 'PermissionsBoundaryDecisionDetail'>,
) => ({
  allowed: decision === 'allowed',
  denied: decision === 'explicitDeny',
  bounded: boundary?.AllowedByPermissionsBoundary === false,
  unsure: MissingContextValues.length > 0,
});
