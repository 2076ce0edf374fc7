import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { sceneNamed } from '../../src/simulator/scenes/index.ts';
import { serve } from '../../src/simulator/server.ts';
import { hostileAws, playHostile, type Shown } from '../support/hostile-aws.ts';
import { spawn } from '../support/pseudo-terminal.ts';
import { answers, binary, engineerOf } from '../support/spot-cur.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Everything that could steer a terminal or turn its text around, but for line ends. */
const steering = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const expectTame = ({ stdout, stderr }: Shown) => {
  for (const text of [stdout, stderr]) {
    const at = text.search(steering);
    expect(at < 0 ? '' : JSON.stringify(text.slice(Math.max(0, at - 200), at + 20))).toBe('');
  }
};

/** By these a walk tells what stands and what to do next: hostile, they stop it somewhere. */
const decisive = [
  ...['Account', 'MasterAccountId', 'Code', '__type', 'Id', 'Name', 'Status', 'CreationTime', 'Timestamp', '0', '1'],
  ...['ReportName', 'ReportVersioning', 'TimeUnit', 'Format', 'Compression', 'S3Bucket', 'S3Prefix', 'S3Region'],
  ...['Effect', 'Service', 'Resource', 'aws:SourceArn', 'aws:SourceAccount', 'Action', 'lastStatus', 'lastDelivery'],
  ...['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'],
  ...['StackId', 'StackStatus', 'DatabaseName', 'ScheduleExpression', 'ChangeSetId', 'ParameterValue', 'TemplateBody'],
];
const incidental = (name: string) => !decisive.includes(name);

describe('remote text can not steer a terminal', () => {
  test.each([false, true])(
    'on the whole way, whatever AWS says beside what it is asked; as JSON: %s',
    async (asJson) => {
      const shown = await playHostile(incidental, { asJson });
      expectTame(shown);
      expect(shown.exitCode, shown.stderr).toBe(0);
    },
  );

  test.each([
    ...['Account', 'MasterAccountId', 'Code', '__type', 'Name', 'ReportName', 'S3Bucket', 'S3Region', 'Service'],
    ...['StackId', 'StackStatus', 'DatabaseName', 'Status', 'ParameterValue', 'lastStatus', 'TimeUnit'],
  ])('where it stops over %s', async (name) => {
    const shown = await playHostile((each) => each === name);
    expectTame(shown);
  });

  test.each([
    ...['notifications-foreign', 'policy-foreign', 'policy-denies', 'report-differs', 'report-beside', 'many-reports'],
    ...[
      'put-report-denied',
      'explicit-deny',
      'credentials-unknown',
      'empty-refusal',
      'crawler-changed',
      'concurrency-low',
    ],
    ...['stack-rollback-complete', 'extractor-admin', 'extractor-failed', 'extractor-differs'],
  ])('in the scene %s', async (scene) => {
    expectTame(await playHostile(incidental, { scene }));
  });

  test.each([undefined, 'notifications-foreign'])(
    'at a terminal, where questions are drawn; scene: %s',
    async (name) => {
      const scene = name === undefined ? undefined : sceneNamed(name);
      const served = await serve(hostileAws(createSimulator({ scene }), incidental), { port: 0 });
      const env = engineerOf(await temporaryFolder(), `http://127.0.0.1:${served.port}`);
      const setup = spawn(process.execPath, [binary, 'setup', 'acme', ...answers], { env });
      await setup.waitFor('❯ Yes, go on', 30_000);
      setup.press('enter');
      await setup.waitFor(name ? 'tells others when objects change' : 'Do this in account', 30_000);
      if (!name) {
        setup.type('y');
        setup.press('enter');
      }
      expect((await setup.exit).code).toBe(name ? 1 : 0);
      await served.close();
      // Escapes and colours are the program's own there; these are not.
      for (const sign of ['\u001b]', '\u001b[2J', '\u009b', '\u0085', '\u0008', '\u202e', '\u2066', '\u200b'])
        expect(setup.raw().includes(sign), JSON.stringify(sign)).toBe(false);
    },
  );
});
