import { describe, expect, test } from 'vitest';
import { rehearse } from '../../../src/commands/rehearse.ts';
import { listScenes, refuseUnknownScene } from '../../../src/commands/scenes.ts';
import { interrupt } from '../../../src/interrupt.ts';
import { rehearsalOver } from '../../../src/rehearsal.ts';
import { createSimulator } from '../../../src/simulator/handler.ts';
import type { Scene } from '../../../src/simulator/scenes/scene.ts';
import { type Script, scriptedTerminal } from '../../support/scripted-terminal.ts';

const monday = Date.UTC(2026, 10, 23, 9);

/** How `spot-cur rehearse --scene` goes in a scene of the test's own. */
const play = async (
  scene: Scene,
  about: { readonly json?: boolean; readonly dryRun?: boolean } = {},
  says?: Script,
) => {
  const terminal = scriptedTerminal(says);
  const simulator = createSimulator({ wall: () => monday, scene });
  const world = rehearsalOver({ terminal, interrupt: interrupt(), tool: '1.0.0-test' }, simulator, 0);
  const options = { flags: {}, json: false, yes: true, dryRun: false, sent: false, ...about };
  const exitCode = await rehearse(world, options);
  terminal.close();
  const { calls } = simulator.world;
  return {
    exitCode,
    screen: terminal.transcript(),
    stdout: terminal.stdout(),
    writes: calls.filter((one) => one.mutating),
  };
};

const member: Scene = {
  name: 'member',
  title: 'The account is a member of an organization.',
  arrange: (stage) => stage.member(),
};
const mendedMember: Scene = {
  ...member,
  mend: { told: 'The account leaves the organization.', apply: (stage) => stage.standalone() },
};

describe('a rehearsal in a scene', () => {
  test('ends at the trouble, with its exit code, where nothing can be done about it', async () => {
    const { exitCode, screen } = await play(member);
    expect(exitCode).toBe(1);
    expect(screen).toContain('Scene member: The account is a member of an organization.');
    expect(screen.trimEnd()).toMatch(
      /The rehearsal of member ends here; nothing was kept. Again:\s+spot-cur rehearse --scene member$/,
    );
  });

  test('goes on once somebody has done something about it, with the answers of the beginning', async () => {
    const { exitCode, screen } = await play(mendedMember);
    expect(exitCode).toBe(0);
    expect(screen.split('»')[1]).toMatch(/^ The account leaves the organization\./);
    expect(screen).toMatch(/That was the whole procedure, in the\s+scene\s+member\./);
    expect(screen).not.toContain('nothing was kept');
  });

  test('keeps what the mend says for all later runs', async () => {
    const taken: Scene = {
      name: 'taken',
      title: 'Both names belong to others.',
      arrange: (stage) => {
        for (const name of ['spotinst-cur-report', 'spotinst-cur-report-111122223333'])
          stage.bucket(name, { owner: '444455556666' });
      },
      mend: { told: 'Another name is chosen.', flags: { bucket: 'acme-billing' } },
    };
    const { exitCode, screen } = await play(taken);
    expect(exitCode).toBe(0);
    expect(screen).toContain('Create the S3 bucket acme-billing');
  });

  test('shows trouble of a session as main does, and signs in again', async () => {
    const ends: Scene = {
      name: 'ends',
      title: 'The session ends.',
      arrange: (stage) => stage.endSession(12),
      mend: { told: 'The engineer signs in again.' },
    };
    const { exitCode, screen } = await play(ends);
    expect(screen).toMatch(/✖ The AWS session has expired/);
    expect(exitCode).toBe(0);
    expect((await play({ ...ends, mend: undefined } as never)).exitCode).toBe(4);
  });

  test.each(['s3:HeadBucket', 'organizations:DescribeOrganization', 'cur:PutReportDefinition'])(
    'lets whoever sits at the terminal sign in again when the session ends at %s, and goes on where it was',
    async (operation) => {
      const ended = { code: 'ExpiredToken', message: 'The provided token has expired.', times: 1, endsSession: true };
      const ends: Scene = {
        name: 'ends',
        title: 'The session ends.',
        arrange: (stage) => stage.fail({ operation, ...ended }),
      };
      const { exitCode, screen } = await play(ends, {}, { renewed: '' });
      expect(exitCode).toBe(0);
      expect(screen).toContain('aws sso login --profile rehearsal');
      expect(screen).toMatch(/✔ Signed in as .*; it\s+goes on where it was/);
    },
  );

  test('prints one document, that of its end', async () => {
    const refused = JSON.parse((await play(member, { json: true })).stdout);
    expect(refused).toMatchObject({ schema: 'spot-cur/error@1' });
    const done = JSON.parse((await play(mendedMember, { json: true })).stdout);
    expect(done).toMatchObject({ schema: 'spot-cur/run@1', customers: [{ state: 'ready' }] });
  });

  test('mends nothing and writes nothing as a dry run', async () => {
    const { screen, writes } = await play(mendedMember, { dryRun: true });
    expect(screen).not.toContain('»');
    expect(writes).toEqual([]);
  });

  test('gives the new link when the mend has Spot send another one', async () => {
    const mangled: Scene = {
      name: 'mangled',
      title: 'Spot sends what is no link.',
      arrange: (stage) => stage.send('https://example.com/nothing'),
      mend: {
        told: 'Spot sends the link again.',
        apply: ({ account }) => {
          delete account.spotOffer;
        },
      },
    };
    const { exitCode, screen } = await play(mangled);
    expect(screen).toContain('Spot has sent another link:');
    expect(exitCode).toBe(0);
  });
});

const three = [
  { name: 'report-differs', family: 'reports', title: 'The report has other settings.' },
  {
    name: 'bucket-kms',
    family: 'change sets',
    title: 'The bucket encrypts what is written to it with a key of the customer, by default and for all.',
  },
  { name: 'extractor-exists', family: 'change sets', title: 'The extractor stands already.' },
];

describe('the list of scenes', () => {
  test('has families, two columns, and titles that go on below themselves', async () => {
    const terminal = scriptedTerminal(undefined);
    expect(listScenes(terminal, three, false)).toBe(0);
    expect(terminal.stdout()).toBe(
      [
        'Reports',
        'report-differs    The report has other settings.',
        '',
        'Change sets',
        'bucket-kms        The bucket encrypts what is written to it with a key of the',
        '                  customer, by default and for all.',
        'extractor-exists  The extractor stands already.',
      ].join('\n'),
    );
    terminal.close();
  });

  test('stands below the names on a narrow screen', () => {
    const terminal = scriptedTerminal(undefined);
    listScenes({ ...terminal, columns: 30 }, three.slice(0, 1), false);
    expect(terminal.stdout()).toBe('Reports\nreport-differs\n  The report has other\n  settings.');
    terminal.close();
  });

  test('is a document, too', () => {
    const terminal = scriptedTerminal(undefined);
    listScenes(terminal, three, true);
    expect(JSON.parse(terminal.stdout())).toEqual({ schema: 'spot-cur/scenes@1', scenes: three });
    terminal.close();
  });
});

describe('a scene that there is not', () => {
  test.each([
    ['report-difers', ['report-differs']],
    ['kms', ['bucket-kms']],
    ['Extractor-Exists', ['extractor-exists']],
    ['the extractor', ['extractor-exists']],
    ['weather', []],
    ['', []],
  ])('%j is refused with what may have been meant', (name, near) => {
    const refuse = () => refuseUnknownScene(name, three, 'simulate');
    expect(refuse).toThrow(`There is no scene named "${name}".`);
    expect(refuse).toThrow(
      expect.objectContaining({
        exitCode: 2,
        advice: [
          ...near.map((each) => `Perhaps: spot-cur simulate --scene ${each}`),
          'See all of them: spot-cur rehearse --list',
        ],
      }),
    );
  });

  test('one that there is, or none, is fine', () => {
    refuseUnknownScene('bucket-kms', three, 'rehearse');
    refuseUnknownScene(undefined, three, 'rehearse');
  });
});
