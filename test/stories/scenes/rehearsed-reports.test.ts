import { describe } from 'vitest';
import { buckets } from '../../../src/simulator/scenes/buckets.ts';
import { reports } from '../../../src/simulator/scenes/reports.ts';
import { playsEach } from '../../support/played-scene.ts';

describe('a rehearsal of a scene of the report or its bucket', () => {
  playsEach([...reports, ...buckets]);
});
