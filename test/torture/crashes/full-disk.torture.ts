import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparable } from '../comparable-world.ts';
import { counted, effort } from '../figures.ts';
import { legCourse } from './course.ts';
import { expectJournaled, savedState } from './ending.ts';
import { fresh } from './journey.ts';
import { type Lane, openLane } from './lane.ts';
import { refer } from './reference.ts';
import { say } from './say.ts';

const shell = promisify(execFile);
const page = 4096;

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
});
afterAll(() => lane.end());

/** A small disk of its own at a folder, if this machine lets one be made; why not, if it does not. */
const mounted = async (folder: string): Promise<string | undefined> => {
  try {
    await shell('mount', ['-t', 'tmpfs', '-o', `size=${page}`, 'spot-cur-torture', folder]);
    return undefined;
  } catch (error) {
    return String((error as { stderr?: string }).stderr || error).trim();
  }
};
const resized = (folder: string, bytes: number) => shell('mount', ['-o', `remount,size=${bytes}`, folder]);

test('a disk that is really full, of any size, is said so, and with room made it goes on', async () => {
  const reference = await refer(lane, fresh, 'play');
  const course = legCourse(reference, 0);
  const next = reference.legs[1]?.moment;
  const disk = await mkdtemp(join(tmpdir(), 'spot-cur-disk-'));
  const refusal = await mounted(disk);
  if (refusal !== undefined) {
    say(`No small disk could be mounted here, so none was filled up: ${refusal}`);
    return rm(disk, { recursive: true });
  }
  const home = join(disk, 'home');
  const there = { ...lane, home };
  const run = (words: readonly string[]) => lane.run([...words, '--home', home]);
  try {
    for (let [pages, passed] = [1, false]; !passed; pages += effort.bounded ? 3 : 1) {
      lane.restore(course.moment);
      await rm(home, { recursive: true, force: true });
      await resized(disk, pages * page);
      const full = await run(course.words(lane));
      passed = full.code === 0;
      say(`setup on a disk of ${pages * page} bytes: ${passed ? 'room enough' : 'full'}`);
      await counted('faults of the disk', async () => {
        expectJournaled(there);
        if (!passed) {
          expect(full.stderr.replace(/\s+/g, ' ')).toMatch(
            /lies on a full disk\. - Make room and run the same command again/,
          );
          expect(full.code).toBe(1);
          await resized(disk, 1024 * page);
          const again = await run(savedState(there) ? ['resume', 'acme', '--yes'] : course.words(lane));
          expect(again.code, again.stderr).toBe(0);
        }
        lane.aws.simulator().clock.advance(fresh.legs[1]?.after ?? 0);
        lane.aws.simulator().settle();
        expect(comparable(lane.aws.simulator().world)).toEqual(next && comparable(next.world));
      });
    }
  } finally {
    await shell('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});
