import { expect, test } from 'vitest';
import { rehearse } from '../support/rehearsal.ts';

test('a customer is connected in four sittings, from the first question to the last stack', async () => {
  const { run, advance, link, state } = rehearse();

  const first = await run.setup({
    customer: undefined,
    says: {
      customer: 'acme',
      'spot-org-id': '60012345, 60012346',
      'msp-account': '999988887777',
      correct: ['(go on)'],
      yes: true,
    },
  });
  await expect(first.screen).toMatchFileSnapshot('screens/journey-1-setup.txt');
  expect(first.exitCode).toBe(0);

  const waiting = await run.status();
  await expect(waiting.screen).toMatchFileSnapshot('screens/journey-2-status-while-waiting.txt');

  advance(24);
  const second = await run.resume({ says: { yes: true, sent: false } });
  await expect(second.screen).toMatchFileSnapshot('screens/journey-3-crawler.txt');
  expect(second.exitCode).toBe(0);

  const turn = await run.status();
  await expect(turn.screen).toMatchFileSnapshot('screens/journey-4-status-your-turn.txt');

  const third = await run.resume({ says: { sent: true, link: '' } });
  await expect(third.screen).toMatchFileSnapshot('screens/journey-5-sent.txt');
  expect(third.exitCode).toBe(0);

  advance(49);
  const fourth = await run.resume({ says: { link: link(), correct: ['(go on)'], yes: true } });
  await expect(fourth.screen).toMatchFileSnapshot('screens/journey-6-extractor.txt');
  expect(fourth.exitCode).toBe(0);

  const ready = await run.status();
  await expect(ready.screen).toMatchFileSnapshot('screens/journey-7-status-ready.txt');

  const { provenance = {}, journal = [] } = (await state()) ?? {};
  expect(Object.entries(provenance).map(([key, { origin }]) => `${key} ${origin}`)).toEqual([
    'bucket created',
    'bucket-policy created',
    'report created',
    'crawler-stack created',
    'crawler-schedule created',
    'extractor-stack created',
  ]);
  expect(journal.every(({ outcome }) => outcome === 'done')).toBe(true);
});
