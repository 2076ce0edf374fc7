import { describe } from 'vitest';
import { acme } from '../support/simulated-aws.ts';
import { bare, documentOf, journey, run } from '../support/spot-cur.ts';

describe('spot-cur doctor', { timeout: 60_000 }, () => {
  journey(
    'looks at an account, before and after it is set up, and writes nothing',
    async ({ aws, spotCur, expect }) => {
      const before = await spotCur('doctor');
      expect(before.code, before.stderr).toBe(0);
      expect(before.stdout).toContain(`Account ${acme}  nothing in the way`);
      expect(before.stderr).not.toContain('Warning');
      const named = await spotCur('doctor', 'acme', '--json', '--stack-name', 'AcmeCrawler');
      expect(documentOf(named)).toMatchObject({ schema: 'spot-cur/doctor@1', accountId: acme });
      expect(named.stdout).toContain('AcmeCrawler');
      expect(await aws.writes()).toEqual([]);
    },
  );

  journey('tells what is wrong with what it was given as one document', async ({ home, spotCur, expect }) => {
    const misnamed = await spotCur('doctor', '--json', '--bucket', 'Acme');
    expect([misnamed.code, documentOf(misnamed).schema]).toEqual([2, 'spot-cur/error@1']);
    const nobody = await run(['doctor', '--json'], { env: bare(home) });
    expect([nobody.code, documentOf(nobody).schema]).toEqual([4, 'spot-cur/error@1']);
  });
});
