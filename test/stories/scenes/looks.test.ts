import { expect, test } from 'vitest';
import { looks } from '../../../src/simulator/scenes/looks.ts';
import { known, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const finding = { lambda: 'concurrency', 'lake-formation': 'lake-formation' } as const;

test.each([
  ['lambda', 'denied', /AWS denied lambda:GetAccountSettings/],
  ['lambda', 'unsupported', /not yet implemented/],
  ['lambda', 'silent', /did not answer within 5 seconds/],
  ['lake-formation', 'denied', /AWS denied lakeformation:GetDataLakeSettings/],
  ['lake-formation', 'unsupported', /not yet implemented/],
  ['lake-formation', 'silent', /did not answer within 5 seconds/],
] as const)('%s-%s: doctor could not look there, says why, and looks at all else', async (what, how, why) => {
  const scene = `${what}-${how}`;
  const { run } = rehearse(scene);
  const { screen, exitCode, writes } = await run.doctor();
  await shows(scene, screen);
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(screen.match(/Could not look/g)).toHaveLength(1);
  const { findings } = JSON.parse((await run.doctor({ json: true })).stdout);
  const seen = findings.find(({ id }: { readonly id: string }) => id === finding[what]);
  expect(seen).toMatchObject({ level: 'warning', evidence: expect.stringMatching(why) });
  // It stops nothing.
  expect(await run.setup({ yes: true, flags: known })).toMatchObject({ exitCode: 0 });
});

tells(looks);
