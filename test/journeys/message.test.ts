import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { acme, msp } from '../support/simulated-aws.ts';
import { answers, bare, binary, documentOf, engineerOf, journey, run, start } from '../support/spot-cur.ts';

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) process.stderr.write('python3 is missing: the draft is not parsed by its email module.\n');

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** What a mail program that nobody here wrote sees in a draft. */
const parsed = (path: string) => {
  const script = `
import email, email.policy, hashlib, json, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
[a] = list(m.iter_attachments())
print(json.dumps({
  'defects': len(m.defects), 'to': m['to'], 'subject': m['subject'], 'unsent': m['x-unsent'],
  'text': m.get_body().get_content(), 'name': a.get_filename(),
  'sha256': hashlib.sha256(a.get_payload(decode=True)).hexdigest() }))`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
};

interface World {
  readonly accounts: Readonly<Record<string, { readonly stacks: readonly { readonly template: string }[] }>>;
}

describe.concurrent('the message for Spot', { timeout: 90_000 }, () => {
  journey(
    'goes through a pipe as it is, and its file is the one that was deployed',
    async ({ home, aws, spotCur, expect }) => {
      const ids = ['--spot-org-id', '60012345', '--spot-org-id', '60012346', '--msp-account', msp];
      await spotCur('setup', 'acme', '--yes', '--contact', 'jo@spot.io', ...ids);
      await aws.advance({ hours: 24 });
      const resumed = await spotCur('resume', '--yes');
      expect(resumed.code, resumed.stderr).toBe(0);

      const draft = join(home, 'draft.eml');
      const line = `"${process.execPath}" "${binary}" handover acme --format eml > "${draft}"`;
      const piped = await start('/bin/sh', ['-c', line], { env: engineerOf(home, aws.url) }).ended;
      expect(piped.code, piped.stderr).toBe(0);
      const written = join(home, '.spot-cur/messages/acme/message.eml');
      expect(await readFile(draft)).toEqual(await readFile(written));
      expect((await stat(written)).mode & 0o777).toBe(0o600);

      const world = (await (await fetch(`${aws.url}/_simulator/world`)).json()) as World;
      const deployed = sha256(world.accounts[acme]?.stacks[0]?.template ?? '');
      const text = await spotCur('handover', 'acme');
      expect(text.stdout).toContain(`crawler-cfn.yml, SHA-256 ${deployed}\n`);
      expect(text.stdout).toContain('60012345, 60012346');
      expect(documentOf(await spotCur('handover', '--json'))).toMatchObject({
        schema: 'spot-cur/handover@1',
        to: 'jo@spot.io',
        attachment: { path: join(home, '.spot-cur/messages/acme/crawler-cfn.yml'), sha256: deployed },
        delivery: { state: 'same' },
      });
      expect((await aws.writes()).filter((each) => each.startsWith('cloudformation'))).toEqual([
        'cloudformation:CreateStack',
      ]);
      if (!python) return;
      expect(parsed(draft)).toEqual({
        defects: 0,
        to: 'jo@spot.io',
        subject: `Connect AWS account ${acme} to Spot: Cost and Usage Report and crawler`,
        unsent: '1',
        text: text.stdout,
        name: 'crawler-cfn.yml',
        sha256: deployed,
      });

      // The reminder is a draft of its own beside the message, with the same file.
      await spotCur('resume', '--yes', '--sent');
      await aws.advance({ hours: 73 });
      const reminded = documentOf(await spotCur('handover', '--reminder', '--json'));
      // By AWS's clock, which is days ahead of this machine's here.
      expect(reminded).toMatchObject({ kind: 'reminder', overdue: true });
      expect(documentOf(await spotCur('handover', '--json'))).toMatchObject({ kind: 'message', overdue: true });
      const reminder = join(home, '.spot-cur/messages/acme/reminder.eml');
      expect(parsed(reminder)).toMatchObject({ sha256: deployed, to: 'jo@spot.io', text: reminded.body });
      expect((await stat(reminder)).mode & 0o777).toBe(0o600);
      expect((await stat(join(home, '.spot-cur/messages/acme/reminder.txt'))).mode & 0o777).toBe(0o600);
    },
  );

  journey(
    'asks nothing of AWS where there are no credentials, and is printed all the same',
    async ({ home, aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      await aws.advance({ hours: 24 });
      await spotCur('resume', '--yes');
      const before = (await aws.calls()).length;
      const ended = await run(['handover'], { env: { ...bare(home), AWS_ENDPOINT_URL: aws.url } });
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stdout).toMatch(/^Hello,/);
      expect(ended.stderr).toContain('Could not look whether AWS still delivers the same');
      expect((await aws.calls()).length).toBe(before);
    },
  );

  journey(
    'is opened in the mail program, and where there is none, a person is told',
    async ({ home, aws, spotCur, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      await aws.advance({ hours: 24 });
      await spotCur('resume', '--yes');
      const draft = join(home, '.spot-cur/messages/acme/message.eml');
      const bin = join(home, 'bin');
      await mkdir(bin);
      const desktop = { ...engineerOf(home, aws.url), DISPLAY: ':99', PATH: bin };
      const open = (env: Readonly<Record<string, string | undefined>>) => run(['handover', '--open'], { env });

      const headless = await open(engineerOf(home, aws.url));
      expect(headless.code).toBe(1);
      expect(headless.stdout).toMatch(/^Hello,/);
      expect(headless.stderr).toContain('there is no display here');
      expect(headless.stderr).toContain(draft);

      if (process.platform !== 'linux') return;
      const bareDesktop = await open(desktop);
      expect(bareDesktop.code, bareDesktop.stderr).toBe(1);
      expect(bareDesktop.stderr).toMatch(/could not be\s+started \(ENOENT\)/);

      // Stands in for the desktop's opener: takes down what it is asked to open.
      const opener = async (exitCode: number) => {
        await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${join(home, 'opened')}'\nexit ${exitCode}\n`);
        await chmod(join(bin, 'xdg-open'), 0o755);
      };
      await opener(3);
      const without = await open(desktop);
      expect(without.code, without.stderr).toBe(1);
      expect(without.stderr).toContain('no program here opens .eml files');
      await opener(0);
      const opened = await open(desktop);
      expect(opened.code, opened.stderr).toBe(0);
      expect(opened.stderr).toContain('Your mail program shows the draft.');
      expect(await readFile(join(home, 'opened'), 'utf8')).toBe(`${draft}\n${draft}\n`);
    },
  );
});
