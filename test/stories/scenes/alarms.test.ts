import { expect, test } from 'vitest';
import { alarms } from '../../../src/simulator/scenes/alarms.ts';
import { deployed, goingOn, withTheLink } from '../../support/at-the-link.ts';
import { shows, tells } from '../../support/scene-stories.ts';

test.each([
  ['outside-trust', 'outside-account-no-external-id.Reader'],
  ['outside-resource', 'outside-account-resource.TopicPolicy'],
  ['unknown-trust', 'unresolved-principal.Reader'],
  ['everything', 'everything.Role'],
  ['iam-writes', 'iam-write.Role'],
  ['sts', 'sts.Role'],
  ['pass-role', 'pass-existing-role.Role'],
  ['existing-role', 'existing-principal.Policy'],
  ['other-buckets', 'other-bucket-read.Role'],
  ['access-key', 'access-key.Key'],
  ['federation', 'federation.Provider'],
  ['function-url', 'public-function-url.Url'],
  ['nested-stack', 'nested-stack.Inner'],
  ['stack-set', 'stack-set.Everywhere'],
  ['macro', 'macro.Rewriter'],
  ['third-party-type', 'third-party-type.Thing'],
  ['service-token', 'outside-service-token.Registration'],
  ['dynamic-reference', 'dynamic-reference.template'],
])('alarm-%s: stops before anything is written, and can be accepted by %s alone', async (name, id) => {
  const { story, run, screen } = await withTheLink(`alarm-${name}`);
  await shows(`alarm-${name}`, screen);
  expect(run).toMatchObject({ exitCode: 7, writes: [] });
  expect(screen).toContain(`--accept-risk ${id}.`);
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

tells(alarms);
