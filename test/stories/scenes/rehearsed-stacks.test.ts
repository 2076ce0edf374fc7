import { describe } from 'vitest';
import { removals } from '../../../src/simulator/scenes/removals.ts';
import { stackStatuses } from '../../../src/simulator/scenes/stack-statuses.ts';
import { stacks } from '../../../src/simulator/scenes/stacks.ts';
import { playsEach } from '../../support/played-scene.ts';

describe('a rehearsal of a scene of a stack', () => {
  playsEach([...stacks, ...stackStatuses, ...removals]);
});
