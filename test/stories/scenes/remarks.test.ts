import { describe, expect, test } from 'vitest';
import { remarks } from '../../../src/simulator/scenes/remarks.ts';
import { deployed, goingOn, withTheLink } from '../../support/at-the-link.ts';
import { shows, tells } from '../../support/scene-stories.ts';

describe('what the review remarks stops nothing, and is told before anything is agreed to', () => {
  test.each([
    ['runtime-retires-soon', 'The runtime of ExtractorFunction retires soon.'],
    ['runtime-unpatched', 'The runtime of ExtractorFunction gets no security patches any more.'],
    ['buckets-never-confirmed', 'You have never confirmed the bucket that the data goes to. (spot-connect-output-2)'],
  ])('%s', async (scene, words) => {
    const { run, screen } = await withTheLink(scene);
    await shows(scene, screen);
    expect(run).toMatchObject({ exitCode: 0, writes: deployed });
    expect(screen.replace(/\s+/g, ' ')).toContain(words);
  });

  test('runtime-refused: comes true, and goes on with another template', async () => {
    const { story, run, screen } = await withTheLink('runtime-refused');
    await shows('runtime-refused', screen);
    expect(run).toMatchObject({ exitCode: 1, writes: deployed });
    expect(screen.replace(/\s+/g, ' ')).toContain('AWS no longer creates functions on the runtime');
    story.mend();
    expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
  });
});

test.each([
  ['prefix', 'disagreement.CURPrefixName.', 'CURPrefixName=somebody_else, and not spotinst_eco'],
  ['account', 'disagreement.AccountId.', 'AccountId=444455556666, and not 111122223333'],
  ['region', 'disagreement.Region.', 'Region=eu-west-1, and not us-east-1'],
])('link-for-another-%s: is an alarm', async (name, id, words) => {
  const { story, run, screen } = await withTheLink(`link-for-another-${name}`);
  await shows(`link-for-another-${name}`, screen);
  expect(run).toMatchObject({ exitCode: 7, writes: [] });
  expect(screen).toContain(`--accept-risk ${id}`);
  expect(screen.replace(/\s+/g, ' ')).toContain(words);
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

tells(remarks);
