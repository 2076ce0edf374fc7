import { GetRoleCommand, type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';

/** What IAM's simulation says of one action on one resource. */
export interface Verdict {
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** An explicit denial, which no further allowance lifts. */
  readonly denied: boolean;
  /** True when only a permissions boundary is in the way. */
  readonly bounded: boolean;
}

export interface Permissions {
  /** The ARN of a role, path included; undefined when there is none of that name. */
  findRoleArn(name: string): Promise<string | undefined>;
  /**
   * What the policies of a user or role say of actions on resources: all actions, each on all resources.
   * IAM simulates neither SCPs of other accounts nor resource policies here.
   */
  simulate(principal: string, actions: readonly string[], resources: readonly string[]): Promise<readonly Verdict[]>;
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

  async simulate(PolicySourceArn, ActionNames, ResourceArns) {
    const verdicts: Verdict[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam().send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn,
          ActionNames: [...ActionNames],
          ResourceArns: [...ResourceArns],
          ...(Marker && { Marker }),
        }),
      );
      for (const {
        EvalActionName,
        EvalResourceName,
        EvalDecision,
        PermissionsBoundaryDecisionDetail,
      } of page.EvaluationResults ?? [])
        verdicts.push({
          action: EvalActionName ?? '',
          resource: EvalResourceName ?? '*',
          allowed: EvalDecision === 'allowed',
          denied: EvalDecision === 'explicitDeny',
          bounded: PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false,
        });
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker);
    return verdicts;
  },
});
