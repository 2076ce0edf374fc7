import { describe } from 'vitest';
import { spawn } from '../support/pseudo-terminal.ts';
import { acme, simulatedAws } from '../support/simulated-aws.ts';
import { bare, binary, documentOf, engineerOf, journey, run, start } from '../support/spot-cur.ts';

const findings = (stdout: string) =>
  (JSON.parse(stdout).findings as readonly { readonly id: string; readonly level: string }[]).filter(
    ({ level }) => level !== 'ok',
  );

describe.concurrent('a scene that simulate serves', { timeout: 60_000 }, () => {
  journey('session-expires-soon: the keys come with their end, and doctor warns', async ({ home, expect }) => {
    const words = ['simulate', '--port', '0', '--json', '--scene', 'session-expires-soon'];
    const served = start(process.execPath, [binary, ...words], { env: bare(home) });
    await served.shows(/^\}$/m);
    const { env } = JSON.parse(served.said('stdout')) as { readonly env: Readonly<Record<string, string>> };
    expect(Object.keys(env)).toContain('AWS_CREDENTIAL_EXPIRATION');
    const doctor = await run(['doctor', '--json'], { env: { ...bare(home), ...env } });
    expect(doctor.code, doctor.stderr).toBe(0);
    expect(findings(doctor.stdout).map(({ id }) => id)).toEqual(['expiry']);
    served.signal('SIGINT');
    await served.ended;
  });

  journey('role-wants-mfa: the role can not be had without a code, and is with one', async ({ home, expect }) => {
    const aws = await simulatedAws('role-wants-mfa');
    const env = engineerOf(home, aws.url);
    const role = ['--role-arn', `arn:aws:iam::${acme}:role/SpotSetup`];
    const refused = await run(['doctor', '--json', ...role], { env });
    expect([refused.code, documentOf(refused).schema]).toEqual([5, 'spot-cur/error@1']);
    expect(refused.stdout).toContain('sts:AssumeRole');
    const device = ['--mfa-serial', `arn:aws:iam::${acme}:mfa/engineer`];
    const terminal = spawn(process.execPath, [binary, 'doctor', ...role, ...device], { env, cols: 100, rows: 40 });
    await terminal.waitFor('Code of the MFA device', 30_000);
    terminal.type('000000');
    terminal.press('enter');
    await terminal.waitFor(/did not take that code[\s\S]*Code of the MFA device/, 30_000);
    terminal.type('123456');
    terminal.press('enter');
    expect((await terminal.exit).code, terminal.transcript()).toBe(0);
    expect(terminal.transcript()).toContain(`arn:aws:sts::${acme}:assumed-role/SpotSetup/spot-cur`);
    await aws.end();
  });
});
