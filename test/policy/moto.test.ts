import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { documentOf } from '../../src/policy/document.ts';
import { phases } from '../../src/policy/grant.ts';
import { grantsFor } from '../../src/policy/grants.ts';
import { extractorTemplate } from '../../src/simulator/templates/extractor.ts';
import { names } from './given.ts';

/** Has moto's IAM, which checks policy documents as AWS does, create a policy from what is on stdin. */
const create = `
import json, sys
import boto3
from moto import mock_aws
with mock_aws():
    iam = boto3.client('iam', aws_access_key_id='x', aws_secret_access_key='x')
    for index, document in enumerate(json.load(sys.stdin)):
        iam.create_policy(PolicyName=f'SpotCur{index}', PolicyDocument=json.dumps(document))
    print(len(iam.list_policies(Scope='Local')['Policies']))
`;

const python = (code: string, input = ''): string =>
  execFileSync('python3', ['-c', code], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

const hasMoto = (() => {
  try {
    python('import boto3, moto');
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasMoto)(
  `policies against moto's IAM${hasMoto ? '' : ' (skipped: python3 has no boto3 and moto)'}`,
  () => {
    const address = { bucket: 'spot', key: 'extractor.yml' };
    const extractor = { address, contents: { text: extractorTemplate, parameters: {} } };
    const anywhere = { ...names, account: '*' };

    test('each phase, and all of them, for an account and for any', () => {
      const documents = [names, anywhere].flatMap((each) => [
        ...phases.map((phase) => documentOf(grantsFor(phase, each, { extractor, deleteData: true }))),
        documentOf(phases.flatMap((phase) => grantsFor(phase, each, { extractor, deleteData: true }))),
      ]);
      expect(python(create, JSON.stringify(documents)).trim()).toBe('10');
    });

    test('which refuses what is none', () => {
      const twice = { Sid: 'A', Effect: 'Allow', Action: ['nothing'], Resource: ['*'] };
      expect(() => python(create, JSON.stringify([{ Version: '2012-10-17', Statement: [twice] }]))).toThrow(
        'MalformedPolicyDocument',
      );
    });
  },
);
