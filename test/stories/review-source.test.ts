import { describe, expect, test } from 'vitest';
import { reach, rehearse } from '../support/rehearsal.ts';

describe('what can be reviewed is a link, an address in S3 or a file', () => {
  test.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['javascript:alert(1)', 'it is no https link'],
    ['data:text/yaml,Resources: {}', 'blanks or control characters'],
    ['file:///etc/passwd', 'it does not begin with https://'],
    ['ftp://example.com/x', 'it does not begin with https://'],
    ['s3://', 'an s3:// address names a bucket and an object in it'],
    ['s3://bucket', 'an s3:// address names a bucket and an object in it'],
    ['Please click https://evil.com/ thanks', 'it leads to "evil.com"'],
    ['template.yaml', 'there is no such file'],
    ['C:\\template.yaml', 'there is no such file'],
  ])('%j is refused: %s', async (source, rule) => {
    const { exitCode, problem } = await rehearse().run.review(source);
    expect(exitCode).toBe(2);
    expect(problem?.message).toContain(rule);
  });

  test.each([
    ['a sentence', (link: string) => `Please click ${link} thanks`],
    ['Markdown', (link: string) => `[link](${link})`],
  ])('%s around a link is the link', async (_, around) => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    const alone = await story.run.review(story.link(), { json: true });
    const within = await story.run.review(around(story.link()), { json: true });
    expect(within.stdout).toBe(alone.stdout);
    expect(JSON.parse(within.stdout).schema).toBe('spot-cur/review@1');
  });
});

test('a link that was pasted with text around it is kept alone', async () => {
  const story = rehearse();
  await reach(story, 'waiting-for-link');
  story.advance(49);
  const { exitCode } = await story.run.resume({ yes: true, flags: { link: `Please click ${story.link()} thanks` } });
  expect(exitCode).toBe(0);
  expect((await story.state())?.answers.link).toBe(story.link());
});
