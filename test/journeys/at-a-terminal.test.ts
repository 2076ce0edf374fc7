import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { answers, journey } from '../support/spot-cur.ts';

const escapeByte = '\u001b';
const colourCode = new RegExp(`${escapeByte}\\[[0-9;]*m`);
const agree = (terminal: PseudoTerminal) => {
  terminal.type('y');
  terminal.press('enter');
};
const answer = async (terminal: PseudoTerminal, question: string | RegExp, text: string) => {
  await terminal.waitFor(question);
  terminal.type(text);
  terminal.press('enter');
};

describe.concurrent('at a terminal', { timeout: 60_000 }, () => {
  for (const [cols, rows] of [
    [80, 24],
    [120, 40],
  ] as const)
    journey(`the whole journey by keys, at ${cols} by ${rows}`, async ({ aws, atTerminal, expect }) => {
      const setup = atTerminal(['setup'], { cols, rows });
      await answer(setup, 'Customer:', 'Acme Corp');
      await setup.waitFor('begins with a lower-case letter');
      setup.press('ctrl-u');
      await answer(setup, 'Customer:', 'acme');
      await answer(setup, 'Spot Org IDs:', '6001');
      await setup.waitFor('> Spot Org IDs');
      await answer(setup, 'Spot Org IDs:', '2345');
      await answer(setup, 'MSP account:', '999988887777');
      await setup.waitFor(/❯ Yes, go on[\s\S]*Change Spot Org IDs +60012345/);
      setup.press('down', 'down', 'enter');
      await answer(setup, /\? Prefix:[^\n]*spotinst_eco/, 'spot');
      await setup.waitFor(/❯ Yes, go on[\s\S]*Change Prefix +spot\n/);
      setup.press('enter');
      await setup.waitFor('Do this in account 111122223333?');
      expect(setup.screen()).toContain('Not AWS itself: http://127.0.0.1:');
      expect(await aws.writes()).toEqual([]);
      agree(setup);
      expect(await setup.exit).toEqual({ code: 0, signal: undefined });
      expect(setup.screen()).toContain('✔ Create the Cost and Usage Report spotinst-cur-report');
      expect(setup.screen()).toMatch(/Everything is saved\. Once AWS is done[\s\S]*\n {2}spot-cur resume acme\n/);
      expect(setup.screen()).toMatch(/spot-cur setup acme --yes [\s\S]*--prefix spot [\s\S]*--spot-org-id 60012345/);

      await aws.advance({ hours: 25 });
      const resume = atTerminal(['resume'], { cols, rows });
      await resume.waitFor('Do this in account');
      agree(resume);
      await resume.waitFor('CloudFormation creates the stack');
      await aws.advance({ minutes: 10 });
      await resume.waitFor('Have you sent the message to Spot?');
      agree(resume);
      await resume.waitFor("Spot's link, if you have it");
      resume.press('enter');
      expect((await resume.exit).code).toBe(0);
      expect(resume.screen()).toContain("spot-cur resume acme --link '<link>'");

      await aws.advance({ hours: 49 });
      const last = atTerminal(['resume', 'acme'], { cols, rows });
      await answer(last, "Spot's link, if you have it", 'https://example.com/');
      await last.waitFor("> Spot's link");
      last.press('ctrl-u');
      last.type(`${await aws.link()}\r`);
      await last.waitFor(/❯ Yes, go on[\s\S]*Change Account list/);
      last.press('enter');
      await last.waitFor('Do this in account');
      agree(last);
      expect((await last.exit).code).toBe(0);
      expect(last.screen()).toContain('✔ All three steps are done. Nothing is left to do.');

      const status = atTerminal(['status'], { cols, rows });
      expect((await status.exit).code).toBe(0);
      expect(status.transcript()).toMatch(/^acme {2}account 111122223333 {2}ready/);
    });

  journey(
    'Ctrl-C at a prompt keeps the answers; resume asks for what is left',
    async ({ home, aws, atTerminal, expect }) => {
      const setup = atTerminal(['setup', 'acme']);
      await answer(setup, 'Spot Org IDs:', '60012345, 60012346');
      await setup.waitFor('MSP account:');
      setup.press('ctrl-c');
      expect(await setup.exit).toEqual({ code: 130, signal: undefined });
      expect(setup.screen()).toContain('Interrupted. Everything done so far is saved');
      expect(await aws.writes()).toEqual([]);
      const saved = JSON.parse(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8'));
      expect(saved.answers).toMatchObject({ 'spot-org-id': ['60012345', '60012346'] });

      const resume = atTerminal(['resume']);
      await answer(resume, 'MSP account:', '999988887777');
      await resume.waitFor('Is this right?');
      expect(resume.transcript()).not.toContain('? Spot Org IDs');
      resume.press('enter');
      await resume.waitFor('Do this in account');
      resume.press('enter');
      expect((await resume.exit).code).toBe(1);
      expect(resume.screen()).toContain('Nothing was written.');
      expect(await aws.writes()).toEqual([]);

      const plan = atTerminal(['resume']);
      await plan.waitFor('Do this in account');
      plan.press('ctrl-c');
      expect((await plan.exit).code).toBe(130);
      expect(await aws.writes()).toEqual([]);
    },
  );

  journey(
    'Ctrl-C during a wait leaves at once; the next run attaches to it',
    async ({ aws, spotCur, atTerminal, expect }) => {
      await spotCur('setup', 'acme', '--yes', ...answers);
      await aws.advance({ hours: 25 });
      const resume = atTerminal(['resume', '--yes']);
      await resume.waitFor('CloudFormation creates the stack');
      resume.press('ctrl-c');
      expect(await resume.exit).toEqual({ code: 130, signal: undefined });
      expect(resume.screen()).toContain('Interrupted.');
      expect(resume.raw().lastIndexOf(`${escapeByte}[?25h`)).toBeGreaterThan(
        resume.raw().lastIndexOf(`${escapeByte}[?25l`),
      );
      await aws.advance({ minutes: 10 });
      const next = await spotCur('resume', '--yes');
      expect(next.code, next.stderr).toBe(0);
      expect((await aws.writes()).filter((write) => write === 'cloudformation:CreateStack')).toHaveLength(1);
    },
  );

  journey('NO_COLOR: questions are drawn, and nothing is coloured', async ({ atTerminal, expect }) => {
    const setup = atTerminal(['setup', 'acme', ...answers], { env: { NO_COLOR: '1' } });
    await setup.waitFor('❯ Yes, go on');
    setup.press('enter');
    await setup.waitFor('Do this in account');
    agree(setup);
    expect((await setup.exit).code).toBe(0);
    expect(setup.raw()).toContain(escapeByte);
    expect(setup.raw()).not.toMatch(colourCode);
  });

  for (const env of [{ ACCESSIBLE: '1', NO_COLOR: '1' }, { TERM: 'dumb' }])
    journey(
      `${JSON.stringify(env)}: line by line, with numbers, without one escape byte`,
      async ({ atTerminal, expect }) => {
        const setup = atTerminal(['setup'], { env });
        await answer(setup, /Customer: .*:$/, 'Acme');
        await answer(setup, /lower-case[\s\S]*Customer: .*:$/, 'acme');
        await answer(setup, 'Spot Org IDs', '60012345');
        await answer(setup, 'MSP account', '999988887777');
        await answer(setup, /1\. Yes, go on\n2\. Change Report[\s\S]*A number from 1 to \d+ \(Enter for 1\):/, '9');
        await answer(setup, /Please give a number[\s\S]*A number from 1 to/, '1');
        await answer(setup, 'Do this in account 111122223333? (yes or no, Enter for no)', 'yes');
        expect((await setup.exit).code).toBe(0);
        expect(setup.transcript()).toContain('\nCreate the S3 bucket spotinst-cur-report in us-east-1\n');
        expect(setup.transcript()).toContain('spot-cur resume acme');
        expect(setup.raw()).not.toContain(escapeByte);
      },
    );

  journey('a rehearsal by keys reaches the end of all three steps', async ({ home, atTerminal, expect }) => {
    const rehearsal = atTerminal(['rehearse'], { cols: 80, rows: 24 });
    await answer(rehearsal, 'Spot Org IDs:', '60012345');
    await answer(rehearsal, 'MSP account:', '999988887777');
    await rehearsal.waitFor('Is this right?');
    rehearsal.press('enter');
    await rehearsal.waitFor('Do this in account');
    agree(rehearsal);
    await rehearsal.waitFor(/24 hours later[\s\S]*Do this in account/);
    agree(rehearsal);
    await rehearsal.waitFor('Have you sent the message to Spot? (y/N)');
    agree(rehearsal);
    await rehearsal.waitFor("Spot's link, if you have it");
    rehearsal.press('enter');
    await rehearsal.waitFor('3 days later');
    await rehearsal.waitFor(/❯ Yes, go on[\s\S]*Change Account list[\s\S]*Change CUR bucket/);
    rehearsal.press('enter');
    await rehearsal.waitFor(/SpotExtractor as a change set[\s\S]*Do this in account/);
    agree(rehearsal);
    expect(await rehearsal.exit).toEqual({ code: 0, signal: undefined });
    expect(rehearsal.screen()).toContain('✔ All three steps are done.');
    expect(rehearsal.screen()).toContain('With a real account: spot-cur setup <customer>');
    expect(await readdir(home)).toEqual([]);
  });

  journey('Ctrl-C within a rehearsal', async ({ atTerminal, expect }) => {
    const asked = atTerminal(['rehearse', ...answers]);
    await asked.waitFor('Is this right?');
    asked.press('ctrl-c');
    expect(await asked.exit).toEqual({ code: 130, signal: undefined });

    const waiting = atTerminal(['rehearse', '--yes']);
    await waiting.waitFor('Step 1 of 3');
    waiting.press('ctrl-c');
    expect((await waiting.exit).code).toBe(130);
    expect(waiting.screen()).toContain('Interrupted.');
  });
});
