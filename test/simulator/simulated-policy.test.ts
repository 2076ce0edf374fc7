import { GetRoleCommand, GetUserCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { sceneAccount } from '../../src/simulator/scenes/stage.ts';
import { staged } from './staged.ts';

const role = `arn:aws:iam::${sceneAccount}:role/msp/Onboarding`;

const onboarding = () => {
  const scene = staged();
  scene.stage().role('Onboarding', '/msp/');
  const ask = async (ActionNames: string[], ResourceArns?: string[], PolicySourceArn = role) =>
    (
      await scene.aws.iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...(ResourceArns && { ResourceArns }) }),
      )
    ).EvaluationResults ?? [];
  return { ...scene, ask };
};

describe("IAM's simulation", () => {
  test('judges each action on each resource', async () => {
    const { ask, stage } = onboarding();
    stage().deny({ action: 's3:Put*', resource: 'arn:aws:s3:::billing*' });
    stage().deny({ action: 'iam:CreateRole', by: 'boundary' });
    stage().deny({ action: 'iam:DeleteRole', by: 'scp', explicit: true });
    const seen = await ask(['s3:PutBucketPolicy', 's3:GetObject'], ['arn:aws:s3:::billing', 'arn:aws:s3:::other']);
    expect(seen.map((one) => [one.EvalActionName, one.EvalResourceName, one.EvalDecision])).toEqual([
      ['s3:PutBucketPolicy', 'arn:aws:s3:::billing', 'implicitDeny'],
      ['s3:PutBucketPolicy', 'arn:aws:s3:::other', 'allowed'],
      ['s3:GetObject', 'arn:aws:s3:::billing', 'allowed'],
      ['s3:GetObject', 'arn:aws:s3:::other', 'allowed'],
    ]);
    expect(await ask(['iam:CreateRole', 'iam:DeleteRole'])).toMatchObject([
      {
        EvalResourceName: '*',
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
      { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
    ]);
  });

  test('knows nothing of session policies and of those of resources', async () => {
    const { ask, stage } = onboarding();
    stage().deny({ action: 's3:GetObject', by: 'session' });
    stage().deny({ action: 's3:PutObject', by: 'resource', explicit: true });
    expect((await ask(['s3:GetObject', 's3:PutObject'])).map((one) => one.EvalDecision)).toEqual([
      'allowed',
      'allowed',
    ]);
  });

  test.each([
    [`arn:aws:iam::${sceneAccount}:role/Onboarding`, 'NoSuchEntityException'],
    [`arn:aws:iam::${sceneAccount}:role/msp/Nobody`, 'NoSuchEntityException'],
    [`arn:aws:sts::${sceneAccount}:assumed-role/Onboarding/session`, 'InvalidInputException'],
    [`arn:aws:iam::${sceneAccount}:root`, 'InvalidInputException'],
  ])('does not take %s', async (arn, name) => {
    await expect(onboarding().ask(['s3:GetObject'], undefined, arn)).rejects.toMatchObject({ name });
  });

  test('comes in pages, and can be refused itself', async () => {
    const { aws, ask, stage } = onboarding();
    const actions = Array.from({ length: 120 }, (_, index) => `s3:Action${index}`);
    const input = { PolicySourceArn: role, ActionNames: actions };
    const first = await aws.iam.send(new SimulatePrincipalPolicyCommand(input));
    expect([first.EvaluationResults?.length, first.IsTruncated]).toEqual([100, true]);
    const second = await aws.iam.send(new SimulatePrincipalPolicyCommand({ ...input, Marker: first.Marker }));
    expect([second.EvaluationResults?.length, second.IsTruncated]).toEqual([20, false]);
    stage().deny({ action: 'iam:SimulatePrincipalPolicy', resource: role });
    await expect(ask(['s3:GetObject'])).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('a role is shown with its path, a user is who asks', async () => {
  const { aws, account } = onboarding();
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: 'Onboarding' }));
  expect(Role?.Arn).toBe(role);
  await expect(aws.iam.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
  delete account.role;
  const { User } = await aws.iam.send(new GetUserCommand({}));
  expect(User?.Arn).toBe(`arn:aws:iam::${sceneAccount}:user/engineer`);
});
