import { expect, test } from 'vitest';
import { links } from '../../../src/simulator/scenes/links.ts';
import { deployed, goingOn, withTheLink } from '../../support/at-the-link.ts';
import { shows, tells } from '../../support/scene-stories.ts';

test.each([
  ['by-safelinks'],
  ['by-urldefense-v2'],
  ['by-urldefense-v3'],
  ['by-two-gateways'],
  ['with-entities'],
  ['encoded-twice'],
  ['in-lines'],
])('link-%s: mail has mangled it, and it leads where it should', async (name) => {
  const { story, run, screen } = await withTheLink(`link-${name}`);
  expect(story.link()).not.toMatch(/^https:\/\/us-east-1.console[^\s&]*#[^\s;]*$/);
  await shows(`link-${name}`, screen);
  expect(run).toMatchObject({ exitCode: 0, writes: deployed });
  expect(screen).toContain('https://spot-connect-templates.s3.us-east-1.amazonaws.com/extractor/spot-extractor.yaml');
});

test.each([
  ['to-another-host', /leads to "console.aws.amazon.com.example.net" instead of console.aws.amazon.com/],
  ['in-plain-http', /does not begin with https/],
  ['in-punycode', /leads to "us-east-1.xn--/],
  ['to-another-region', /console of "eu-west-1"/],
  ['that-is-a-script', /is no https link/],
  ['with-a-user', /leads to "us-east-1.console.aws.amazon.com@example.net"/],
  ['with-a-climbing-path', /does not lead to \/cloudformation\/home/],
  ['too-long', /longer than 16384 bytes/],
  ['to-a-template-elsewhere', /template URL is not one of S3/],
  ['to-a-template-in-plain-http', /template URL is no https URL/],
  ['to-a-template-of-a-user', /template URL holds a user name/],
  ['to-a-climbing-template', /template URL has dot segments/],
  ['to-a-website', /template URL is not one of S3/],
])('link-%s: is refused with the rule that it breaks, before anything is asked', async (name, rule) => {
  const { story, run, screen } = await withTheLink(`link-${name}`);
  await shows(`link-${name}`, screen);
  expect(run).toMatchObject({ exitCode: 2, writes: [] });
  expect(screen.replace(/\s+/g, ' ')).toMatch(rule);
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

tells(links);
