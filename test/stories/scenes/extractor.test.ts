import { describe, expect, test } from 'vitest';
import { extractor } from '../../../src/simulator/scenes/extractor.ts';

import { type Rehearsal, reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

/** Comes to the extractor: Spot has sent its link. */
const toTheLink = async (story: Rehearsal) => {
  await reach(story, 'waiting-for-link');
  story.advance(49);
  return story.run.resume({ yes: true, flags: { link: story.link() } });
};
const deployed = ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'];

/** Ends with everything done. */
const goesOn = async (story: Rehearsal) => {
  const flags = story.mend();
  const { exitCode, screen, writes } = await story.run.resume({ yes: true, flags });
  expect(screen).toContain('All three steps are done');
  expect(exitCode).toBe(0);
  return writes;
};

describe("what Spot's link leads to", () => {
  test.each([
    ['extractor-admin', 7, '--accept-risk mighty-policy.ExtractorRole.'],
    ['extractor-other-bucket', 7, '--accept-risk disagreement.CURBucketName.'],
    ['extractor-template-gone', 1, "spot-cur resume acme --link '<link>'"],
    ['extractor-template-closed', 5, 'spot-cur policy acme'],
    ['extractor-needs-parameter', 1, 'spot-cur resume acme --param Environment=<value>'],
    ['extractor-rollback-complete', 1, 'aws cloudformation delete-stack'],
    ['extractor-differs', 1, 'spot-cur resume acme --account-list 444455556666'],
  ])('in %s stops the walk with %i before anything is written', async (scene, code, command) => {
    const story = rehearse(scene);
    const { screen, exitCode, writes } = await toTheLink(story);
    await shows(scene, screen);
    expect(screen).toContain(command);
    expect({ exitCode, writes }).toEqual({ exitCode: code, writes: [] });
    expect(await goesOn(story)).toEqual(deployed);
  });

  test('is written by no dry run', async () => {
    for (const scene of ['extractor-template-large', 'extractor-review-leftover', 'extractor-other-bucket']) {
      const story = rehearse(scene);
      await reach(story, 'waiting-for-link');
      story.advance(49);
      const dry = await story.run.resume({ dryRun: true, flags: { link: story.link() } });
      expect(dry.writes, scene).toEqual([]);
    }
  });

  test('may be too large for a request: what CloudFormation has read for itself is compared', async () => {
    const { screen, exitCode, writes } = await toTheLink(rehearse('extractor-template-large'));
    await shows('extractor-template-large', screen);
    expect(screen).toContain('53934 bytes');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: deployed });
  });

  test('and has been swapped when CloudFormation reads it is refused, and cleaned up', async () => {
    const story = rehearse('extractor-template-swapped');
    const { screen, exitCode, writes } = await toTheLink(story);
    await shows('extractor-template-swapped', screen);
    expect(exitCode).toBe(1);
    expect(writes).toEqual([
      'cloudformation:CreateChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DeleteStack',
    ]);
    expect(await goesOn(story)).toEqual(deployed);
  });

  test('and does not take what the link fills in is told with what to do', async () => {
    const story = rehearse('extractor-parameter-refused');
    const { screen, exitCode } = await toTheLink(story);
    await shows('extractor-parameter-refused', screen);
    expect(screen).toContain("Parameter 'CustomerName' must match");
    expect(screen).toContain("spot-cur resume acme --link '<link>'");
    expect(exitCode).toBe(1);
    expect(story.account().stacks.map(({ name }) => name)).not.toContain('SpotExtractor');
    expect(await goesOn(story)).toEqual(deployed);
  });
});

describe('an extractor', () => {
  test('that fails is explained, and another link may be given then', async () => {
    const story = rehearse('extractor-failed');
    const { screen, exitCode, writes } = await toTheLink(story);
    await shows('extractor-failed', screen);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: deployed });
    const link = story.link().replace('SpotExtractor', 'SpotExtractorAnew').replace('customer-', 'client-');
    const again = await story.run.resume({ yes: true, flags: { link } });
    expect(again.screen).toContain('CustomerName = client-111122223333');
    expect(again).toMatchObject({ exitCode: 0, writes: deployed });
  });

  test('whose new role is not visible in time is created once more in the same run', async () => {
    const story = rehearse();
    story.stage().failStack({
      logicalId: 'ExtractorFunction',
      reason: 'The role defined for the function cannot be assumed by Lambda.',
    });
    const { exitCode, writes } = await toTheLink(story);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [...deployed, ...deployed] });
  });

  test('that somebody else has created under another name is adopted, not made twice', async () => {
    const story = rehearse('extractor-exists');
    const { screen, exitCode, writes } = await toTheLink(story);
    await shows('extractor-exists', screen);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
    expect((await story.state())?.provenance['extractor-stack']).toMatchObject({ origin: 'found' });
  });

  test("goes beside somebody else's change set, which the plan says", async () => {
    const { screen, exitCode, writes } = await toTheLink(rehearse('extractor-review-leftover'));
    await shows('extractor-review-leftover', screen);
    expect(screen).toContain('waits for the review of another change set');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: deployed });
  });

  test('whose parameters somebody has changed since it was created is said to be so', async () => {
    const story = rehearse();
    await reach(story, 'ready');
    const stack = story.account().stacks.findLast(({ name }) => name === 'SpotExtractor');
    if (stack) stack.parameters = { ...stack.parameters, AccountList: '444455556666' };
    const { stdout } = await story.run.status();
    expect(stdout.replace(/\s+/g, ' ')).toContain('AccountList: is "444455556666", has to be "" by your answer');
  });
});

tells(extractor);
