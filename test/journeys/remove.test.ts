import { describe, type ExpectStatic } from 'vitest';
import type { SimulatedAws } from '../support/simulated-aws.ts';
import { answers, documentOf, type Ended, journey } from '../support/spot-cur.ts';

type SpotCur = (...args: readonly string[]) => Promise<Ended>;

/** A connection that stands, made by processes. */
const connected = async (spotCur: SpotCur, aws: SimulatedAws, expect: ExpectStatic): Promise<void> => {
  expect((await spotCur('setup', 'acme', '--yes', ...answers)).code).toBe(0);
  await aws.advance({ hours: 24 });
  expect((await spotCur('resume', 'acme', '--yes')).code).toBe(0);
  await aws.advance({ hours: 49 });
  const { code, stderr } = await spotCur('resume', 'acme', '--yes', '--link', await aws.link());
  expect(code, stderr).toBe(0);
};

describe.concurrent('taking a connection back, as processes', () => {
  journey('plan, removal, record, and setup anew', { timeout: 120_000 }, async ({ spotCur, aws, home, expect }) => {
    expect(home).not.toBe('');
    await connected(spotCur, aws, expect);
    const writes = (await aws.writes()).length;
    const plan = documentOf(await spotCur('remove', 'acme', '--dry-run', '--json'));
    expect(plan).toMatchObject({ schema: 'spot-cur/removal@1', state: 'planned', did: [] });
    const unasked = await spotCur('remove', 'acme', '--yes');
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('--confirm acme');
    expect((await aws.writes()).length).toBe(writes);

    const removed = await spotCur('remove', 'acme', '--confirm', 'acme', '--delete-data', '--json');
    expect(removed.code, removed.stderr).toBe(0);
    expect(documentOf(removed)).toMatchObject({ state: 'removed', goes: [] });
    expect((await aws.writes()).at(-1)).toBe('s3:DeleteBucket');

    const { customers } = documentOf(await spotCur('history', '--json')) as {
      readonly customers?: readonly {
        readonly changes: readonly { readonly action?: string; readonly outcome: string }[];
      }[];
    };
    const changes = customers?.[0]?.changes ?? [];
    expect(changes.map(({ action }) => action)).toContain('cur:DeleteReportDefinition');
    expect(changes.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    expect((await spotCur('status', 'acme')).stdout).toContain('It was taken back');
    expect((await spotCur('resume', 'acme', '--yes')).code).toBe(1);
    const anew = await spotCur('setup', 'acme', '--yes');
    expect(anew.code, anew.stderr).toBe(0);
    expect(anew.stderr).toContain('spotinst_eco-2');
  });

  journey('the name is typed at a terminal', { timeout: 120_000 }, async ({ spotCur, aws, atTerminal, expect }) => {
    await connected(spotCur, aws, expect);
    const terminal = atTerminal(['remove', 'acme'], { cols: 80 });
    await terminal.waitFor('Type acme to have this done');
    terminal.type('acme');
    terminal.press('enter');
    await terminal.waitFor('CloudFormation deletes the stack');
    await aws.advance({ minutes: 1 });
    expect((await terminal.exit).code).toBe(0);
    expect(terminal.transcript()).toContain('✔ acme is taken back.');
  });
});
