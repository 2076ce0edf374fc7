import { readdir } from 'node:fs/promises';
import { describe } from 'vitest';
import { bare, binary, documentOf, journey, run, start } from '../support/spot-cur.ts';
import { wiretap } from '../support/wiretap.ts';

describe('a rehearsal', { timeout: 60_000 }, () => {
  journey('knows nothing of this machine: no AWS variable, no profile, no file', async ({ home, aws, expect }) => {
    const tap = await wiretap(aws.url);
    const env = {
      ...bare(home),
      SPOT_CUR_HOME: `${home}/kept`,
      AWS_ENDPOINT_URL: tap.url,
      AWS_PROFILE: 'none',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_REGION: 'eu-west-1',
      HTTPS_PROXY: tap.url,
    };
    const ended = await run(['rehearse', '--json'], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(documentOf(ended)).toMatchObject({
      schema: 'spot-cur/run@1',
      customers: [{ state: 'ready', step: 'done' }],
    });
    expect(ended.stderr).toContain('nothing here is real');
    expect(tap.heard).toEqual([]);
    expect(await readdir(home)).toEqual([]);
    await tap.close();
  });

  journey('takes answers, and refuses bad ones', async ({ home, expect }) => {
    const env = bare(home);
    const named = await run(['rehearse', '--yes', '--bucket', 'acme-billing-report'], { env });
    expect(named.code, named.stderr).toBe(0);
    expect(named.stderr).toContain('Create the S3 bucket acme-billing-report in us-east-1');
    const refused = await run(['rehearse', '--json', '--bucket', 'Acme'], { env });
    expect(refused.code).toBe(2);
    expect(documentOf(refused)).toMatchObject({ schema: 'spot-cur/error@1', error: { code: 'usage' } });
    expect(await readdir(home)).toEqual([]);
  });

  journey('has scenes, which it lists and plays, and simulate serves', async ({ home, expect }) => {
    const env = bare(home);
    const listed = documentOf(await run(['rehearse', '--list', '--json'], { env }));
    expect(listed).toMatchObject({ schema: 'spot-cur/scenes@1' });
    const [scene] = listed.scenes as readonly { readonly name: string }[];
    const name = scene?.name ?? '';
    const lines = (await run(['rehearse', '--list'], { env })).stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('Accounts');
    expect(lines[1]).toMatch(new RegExp(`^${name} {2,}\\S`));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const played = await run(['rehearse', '--yes', '--scene', name], { env });
    expect(played.stderr).toContain(`Scene ${name}: `);
    expect(played.code, played.stderr).not.toBe(70);
    const unknown = await run(['simulate', '--scene', `${name}s`], { env });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain(`spot-cur simulate --scene ${name}`);
    const served = start(process.execPath, [binary, 'simulate', '--port', '0', '--json', '--scene', name], { env });
    await served.shows('"schema": "spot-cur/simulate@1"');
    await served.shows('Ctrl-C ends it');
    served.signal('SIGINT');
    const ended = await served.ended;
    expect(JSON.parse(ended.stdout)).toMatchObject({ scene: { name } });
    expect(ended.code).toBe(0);
  });
});
