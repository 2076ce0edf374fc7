import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, type ExpectStatic } from 'vitest';
import { inspectingProxy, privateCa } from '../support/inspecting-proxy.ts';
import { spawn } from '../support/pseudo-terminal.ts';
import { acme, msp, type SimulatedAws } from '../support/simulated-aws.ts';
import { answers, bare, binary, type Ended, engineerOf, journey, run } from '../support/spot-cur.ts';

/** What nobody is ever to read again, wherever it was given. */
const canaries = {
  secretKey: 'wJalrCANARYsecretKEYbPxRfiCYEXAMPLEKEY12',
  token: 'IQoJb3JpZ2luX2VjCANARYsessionTOKENwVaWC2V1LXdlc3Q',
  fileSecret: 'fileCANARYsecretKEYzzzzzzzzzzzzzzzzzzzzz',
  fileToken: 'fileCANARYsessionTOKENzzzzzzzzzzzzzzzzzzz',
  keyId: 'AKIACANARYCANARYKEY1',
  code: '918273',
  commandLine: 'commandCANARYargument',
  programSays: 'programCANARYoutput',
  noEcho: 'noechoCANARYvalue',
  noEchoInLink: 'linkHunter2canary',
  proxyPassword: 'proxyCANARYpassword',
};

/** Every file below a folder, but for what the test itself has put there. */
const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.aws'))
    .map((entry) => join(entry.parentPath, entry.name));

const expectSilence = async (expect: ExpectStatic, home: string, runs: readonly Ended[], given: readonly string[]) => {
  const heard = new Map(runs.map(({ stdout, stderr }, index) => [`run ${index}`, stdout + stderr]));
  for (const file of await filesIn(home)) heard.set(file, await readFile(file, 'latin1'));
  for (const [place, text] of heard)
    for (const secret of given) {
      const coded = Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(2, -2);
      for (const form of [secret, encodeURIComponent(secret), coded])
        expect(text.includes(form), `${place} holds ${secret}:\n${text.slice(0, 4_000)}`).toBe(false);
    }
};

/** A template with a secret parameter, in a bucket of the account's own, and a link to it. */
const secretLink = async ({ url, link }: SimulatedAws): Promise<string> => {
  const spots = await (await fetch(`${url}/spot-connect-templates/extractor/spot-extractor.yaml`)).text();
  const template = spots.replace(/^Parameters:\n/m, 'Parameters:\n  ApiKey:\n    Type: String\n    NoEcho: true\n');
  const authorization = `AWS4-HMAC-SHA256 Credential=${acme}/d/us-east-1/s3/x`;
  for (const [path, body] of [
    ['acme-templates', ''],
    ['acme-templates/extractor.yaml', template],
  ])
    await fetch(`${url}/${path}`, { method: 'PUT', body: body ?? '', headers: { authorization } });
  const at = encodeURIComponent('https://acme-templates.s3.amazonaws.com/extractor.yaml');
  return (await link()).replace(/templateURL=[^&]+/, `templateURL=${at}`);
};

/** Says back everything that it is told, as AWS does with a canonical request whose signature is wrong. */
const echo = async () => {
  const server = createServer((incoming, outgoing) => {
    const spoken = Object.entries(incoming.headers).map(([name, value]) => `${name}:${value}`);
    const message = `The request signature we calculated does not match. The Canonical String for this request should have been\n'POST\n/\n\n${spoken.join('\n')}'`;
    incoming.resume().on('end', () => {
      outgoing.writeHead(403, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(
        incoming.headers['x-amz-target']
          ? JSON.stringify({ __type: 'SignatureDoesNotMatch', message })
          : `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

const shared = async (home: string, files: Readonly<Record<string, string>>) => {
  await mkdir(join(home, '.aws'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, '.aws', name), content);
};

describe.concurrent('no secret is written or shown', { timeout: 120_000 }, () => {
  journey('on the whole way, with --verbose, through a proxy with a password', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url, credentials: `spot:${canaries.proxyPassword}` });
    const env = {
      ...bare(home),
      AWS_ACCESS_KEY_ID: acme,
      AWS_SECRET_ACCESS_KEY: canaries.secretKey,
      AWS_SESSION_TOKEN: canaries.token,
      HTTPS_PROXY: proxy.url.replace('//', `//spot:${canaries.proxyPassword}@`),
      NODE_EXTRA_CA_CERTS: privateCa,
    };
    const runs: Ended[] = [];
    const spotCur = async (...words: readonly string[]) => {
      const ended = await run([...words, '--verbose'], { env });
      runs.push(ended);
      return ended;
    };
    expect((await spotCur('setup', 'acme', '--yes', ...answers)).code).toBe(0);
    await aws.advance({ hours: 25 });
    expect((await spotCur('resume', '--yes')).code).toBe(0);
    expect((await spotCur('resume', '--sent')).code).toBe(0);
    await aws.advance({ hours: 49 });
    // A link that fills in the secret as well: CloudFormation takes none from there.
    const link = `${await secretLink(aws)}&param_ApiKey=${canaries.noEchoInLink}`;
    const param = ['--param', `ApiKey=${canaries.noEcho}`];
    expect((await spotCur('review', link, ...param)).code).toBe(0);
    const asked = await spotCur('resume', '--yes', '--link', link);
    expect(asked.stderr).toContain('--param');
    const alarmed = await spotCur('resume', '--yes', ...param);
    const accepted = [...alarmed.stderr.matchAll(/--accept-risk (\S+)/g)].flatMap(([, id = '']) => [
      '--accept-risk',
      id,
    ]);
    const done = await spotCur('resume', '--yes', ...param, ...accepted);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stderr).toContain('All three steps are done.');
    for (const words of [['status'], ['status', '--json'], ['handover'], ['doctor'], ['resume', '--json', ...param]])
      await spotCur(...words);
    expect(runs.at(-1)?.stderr).toMatch(/ POST | GET |HEAD /);
    await expectSilence(expect, home, runs, Object.values(canaries));
    await proxy.close();
  });

  journey('when AWS says the whole request back', async ({ home, expect }) => {
    const server = await echo();
    const env = {
      ...bare(home),
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: canaries.keyId,
      AWS_SECRET_ACCESS_KEY: canaries.secretKey,
      AWS_SESSION_TOKEN: canaries.token,
    };
    const runs: Ended[] = [];
    for (const words of [
      ['setup', 'acme', '--yes', ...answers],
      ['setup', 'acme', '--yes', '--json', ...answers],
      ['doctor'],
      ['review', 's3://bucket/key'],
    ])
      runs.push(await run([...words, '--verbose'], { env }));
    for (const { code, stdout, stderr } of runs) expect([1, 4], stdout + stderr).toContain(code);
    expect(runs[0]?.stderr).toMatch(/x-amz-security-token:\s*…/);
    const signature = /Signature=[0-9a-f]{16}|Credential=A/;
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toMatch(signature);
    await expectSilence(expect, home, runs, Object.values(canaries));
    await server.close();
  });

  journey('in the journal, when AWS says back the request of a write', async ({ home, aws, expect }) => {
    const server = await echo();
    const env = {
      ...engineerOf(home, aws.url),
      AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE: server.url,
      AWS_SECRET_ACCESS_KEY: canaries.secretKey,
      AWS_SESSION_TOKEN: canaries.token,
    };
    const runs = [
      await run(['setup', 'acme', '--yes', '--verbose', ...answers], { env }),
      await run(['resume', 'acme', '--yes', '--verbose'], { env }),
      await run(['status', '--json'], { env }),
    ];
    await expectSilence(expect, home, runs, Object.values(canaries));
    await server.close();
  });

  journey('of profiles and the programs that they name', async ({ home, aws, expect }) => {
    const program = join(home, '.aws/program.sh');
    await shared(home, {
      credentials: `[kept]\naws_access_key_id = ${acme}\naws_secret_access_key = ${canaries.fileSecret}\naws_session_token = ${canaries.fileToken}\n`,
      'program.sh': `#!/bin/sh\ncase "$1" in\n  json) echo '{"Version":1,"AccessKeyId":"${acme}","SecretAccessKey":"${canaries.secretKey}","SessionToken":"${canaries.token}"}';;\n  garbage) echo '${canaries.programSays}';;\n  broken) echo '{"Version":1,"SecretAccessKey":"${canaries.secretKey}" ${canaries.programSays}';;\n  old) echo '{"Version":9,"SecretAccessKey":"${canaries.secretKey}"}';;\n  *) echo '${canaries.programSays}' >&2; echo '${canaries.programSays}'; exit 3;;\nesac\n`,
      config: ['json', 'garbage', 'broken', 'old', 'fail']
        .map((how) => `[profile ${how}]\ncredential_process = sh ${program} ${how} ${canaries.commandLine}\n`)
        .join(''),
    });
    const env = { ...bare(home), AWS_ENDPOINT_URL: aws.url };
    const runs: Ended[] = [];
    for (const profile of ['kept', 'json', 'garbage', 'broken', 'old', 'fail'])
      for (const json of [[], ['--json']]) {
        const words = ['setup', 'acme', '--yes', '--verbose', '--profile', profile, ...answers, ...json];
        const ended = await run(words, { env });
        expect(ended.code, ended.stderr).toBe(profile === 'kept' || profile === 'json' ? 0 : 4);
        runs.push(ended);
      }
    await expectSilence(expect, home, runs, Object.values(canaries));
  });

  journey('of a proxy that refuses, is none, or can not be read', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url, credentials: 'spot:another' });
    const keys = { ...bare(home), AWS_ACCESS_KEY_ID: acme, AWS_SECRET_ACCESS_KEY: canaries.secretKey };
    const runs: Ended[] = [];
    for (const HTTPS_PROXY of [
      proxy.url.replace('//', `//spot:${canaries.proxyPassword}@`),
      `http://spot:${canaries.proxyPassword}@127.0.0.1:9`,
      `http://spot:${canaries.proxyPassword}%@127.0.0.1:9`,
      `socks5://spot:${canaries.proxyPassword}@127.0.0.1:9`,
      `spot:${canaries.proxyPassword}@@@:x`,
    ]) {
      const ended = await run(['setup', 'acme', '--yes', '--verbose', ...answers], { env: { ...keys, HTTPS_PROXY } });
      expect(ended.code, ended.stderr).not.toBe(0);
      expect(ended.code, ended.stderr).not.toBe(70);
      runs.push(ended);
    }
    await expectSilence(expect, home, runs, Object.values(canaries));
    await proxy.close();
  });

  journey('of an MFA code that is typed', async ({ home, aws, expect }) => {
    const role = ['--role-arn', `arn:aws:iam::${acme}:role/SpotSetup`, '--mfa-serial', `arn:aws:iam::${msp}:mfa/jo`];
    const env = { ...engineerOf(home, aws.url, msp), AWS_SECRET_ACCESS_KEY: canaries.secretKey };
    const words = [binary, 'setup', 'acme', '--yes', '--verbose', ...role, ...answers];
    const terminal = spawn(process.execPath, words, { env, cols: 100, rows: 40 });
    await terminal.waitFor('Code of the MFA device', 30_000);
    terminal.type(canaries.code);
    terminal.press('enter');
    expect((await terminal.exit).code, terminal.transcript()).toBe(0);
    await expectSilence(expect, home, [{ code: 0, stdout: terminal.raw(), stderr: '' }], Object.values(canaries));
  });

  for (const BUG of ['at once', 'late'])
    journey(`in the report of a bug that comes ${BUG}`, async ({ home, aws, expect }) => {
      const env = {
        ...engineerOf(home, aws.url),
        AWS_SECRET_ACCESS_KEY: canaries.secretKey,
        AWS_SESSION_TOKEN: canaries.token,
        NODE_OPTIONS: `--require ${join(import.meta.dirname, 'fixtures/bug.cjs')}`,
        BUG,
      };
      const runs = [
        await run(['setup', 'acme', '--yes', '--verbose', ...answers], { env }),
        await run(['setup', 'acme', '--yes', '--json', ...answers], { env }),
      ];
      for (const { code, stderr } of runs) {
        expect(code, stderr).toBe(70);
        expect(stderr).toContain('This is a bug of spot-cur; everything done so far is saved.');
        expect(stderr).toContain('RangeError: No such thing');
        expect(stderr).not.toContain('$response');
      }
      expect(JSON.parse(runs[1]?.stdout ?? '')).toMatchObject({ error: { code: 'bug' } });
      await expectSilence(expect, home, runs, Object.values(canaries));
    });

  journey('and what is written is for its owner alone', async ({ home, spotCur, aws, expect }) => {
    await spotCur('setup', 'acme', '--yes', ...answers);
    await aws.advance({ hours: 25 });
    await spotCur('resume', '--yes');
    const entries = await readdir(join(home, '.spot-cur'), { recursive: true, withFileTypes: true });
    const modes = new Set<string>();
    for (const entry of entries)
      modes.add(
        `${entry.isDirectory()} ${((await stat(join(entry.parentPath, entry.name))).mode & 0o777).toString(8)}`,
      );
    expect([...modes].sort()).toEqual(['false 600', 'true 700']);
    expect(entries.length).toBeGreaterThan(5);
  });
});
