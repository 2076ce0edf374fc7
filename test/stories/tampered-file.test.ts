import { expect, test } from 'vitest';
import { reach, rehearse } from '../support/rehearsal.ts';

const key = 'spotinst_eco/spotinst-cur-report/crawler-cfn.yml';

/** The report is delivered, and somebody who may write to the bucket has added to AWS's file. */
const tampered = async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  await rehearsal.run.status();
  const objects = rehearsal.world.buckets['spotinst-cur-report']?.objects;
  const object = objects?.[key];
  if (!object) throw new Error('AWS has delivered no crawler file.');
  const delivered = Buffer.from(object.content, 'base64').toString('utf8');
  const more = delivered.replace(
    /(AWSCURCrawlerLambdaExecutor:\n\s+Type: AWS::IAM::Role\n\s+Properties:\n)/,
    '$1      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n',
  );
  expect(more).not.toBe(delivered);
  Object.assign(objects, { [key]: { ...object, content: Buffer.from(more).toString('base64') } });
  return rehearsal;
};

test('a crawler file that grants more than AWS’s own does is not deployed', async () => {
  const { run } = await tampered();
  const { screen, exitCode, writes } = await run.resume({ yes: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 7, writes: [] });
  await expect(screen).toMatchFileSnapshot('screens/tampered-file.txt');
});

test('but for somebody who takes the very alarm upon them', async () => {
  const { run } = await tampered();
  const { screen } = await run.resume({ yes: true });
  const [, id = ''] = /--accept-risk\s+(\S+)/.exec(screen) ?? [];
  expect(id).toMatch(/^mighty-policy\.AWSCURCrawlerLambdaExecutor\.[0-9a-f]{8}$/);
  const other = id.replace(/.{8}$/, '00000000');
  expect(await run.resume({ yes: true, flags: { 'accept-risk': [other] } })).toMatchObject({ exitCode: 7, writes: [] });
  const { exitCode, writes } = await run.resume({ yes: true, flags: { 'accept-risk': [id] } });
  expect(exitCode).toBe(0);
  expect(writes[0]).toBe('cloudformation:CreateStack');
});
