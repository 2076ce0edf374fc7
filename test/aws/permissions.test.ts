import type { IAMClient } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { permissions } from '../../src/aws/permissions.ts';

const asked = { actions: ['s3:GetObject'], resources: ['arn:a', 'arn:b'], context: { 'iam:PassedToService': ['x'] } };

/** IAM as far as it answers with these pages. */
const answering = (...pages: readonly object[]) => {
  const inputs: Record<string, unknown>[] = [];
  const send = async ({ input }: { readonly input: Record<string, unknown> }) => {
    inputs.push(input);
    return pages[inputs.length - 1];
  };
  return { iam: permissions(() => ({ send }) as unknown as IAMClient), inputs };
};

const verdict = { action: 's3:GetObject', allowed: true, denied: false, bounded: false, unsure: false };

test('one result an action, with its resources inside', async () => {
  const { iam, inputs } = answering({
    EvaluationResults: [
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: 'arn:$' + '{Partition}:s3:::$' + '{BucketName}',
        EvalDecision: 'explicitDeny',
        ResourceSpecificResults: [
          { EvalResourceName: 'arn:a', EvalResourceDecision: 'allowed' },
          { EvalResourceName: 'arn:b', EvalResourceDecision: 'explicitDeny', MissingContextValues: ['aws:SourceIp'] },
        ],
      },
    ],
  });
  expect(await iam.simulate('arn:role', asked)).toEqual([
    { ...verdict, resource: 'arn:a' },
    { ...verdict, resource: 'arn:b', allowed: false, denied: true, unsure: true },
  ]);
  expect(inputs[0]).toMatchObject({
    PolicySourceArn: 'arn:role',
    ContextEntries: [{ ContextKeyName: 'iam:PassedToService', ContextKeyValues: ['x'], ContextKeyType: 'string' }],
  });
});

test('one result for each resource, over several pages', async () => {
  const result = (EvalResourceName: string, EvalDecision: string) => ({
    EvalActionName: 's3:GetObject',
    EvalResourceName,
    EvalDecision,
  });
  const { iam, inputs } = answering(
    { EvaluationResults: [result('arn:a', 'allowed')], IsTruncated: true, Marker: 'more' },
    {
      EvaluationResults: [
        {
          ...result('arn:b', 'implicitDeny'),
          PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
        },
      ],
    },
  );
  expect(await iam.simulate('arn:role', asked)).toEqual([
    { ...verdict, resource: 'arn:a' },
    { ...verdict, resource: 'arn:b', allowed: false, bounded: true },
  ]);
  expect(inputs[1]?.Marker).toBe('more');
});

test('a result that names none of the resources is meant for all', async () => {
  const { iam } = answering({ EvaluationResults: [{ EvalActionName: 's3:GetObject', EvalDecision: 'implicitDeny' }] });
  const refused = { ...verdict, allowed: false };
  expect(await iam.simulate('arn:role', asked)).toEqual([
    { ...refused, resource: 'arn:a' },
    { ...refused, resource: 'arn:b' },
  ]);
});
