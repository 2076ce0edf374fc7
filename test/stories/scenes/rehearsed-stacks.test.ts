import { describe } from 'vitest';
import { scenes } from '../../../src/simulator/scenes/index.ts';
import { stacks } from '../../../src/simulator/scenes/stacks.ts';
import { playsEach } from '../../support/played-scene.ts';

const [first] = stacks;

describe('a rehearsal of a scene of a stack, the message or the extractor', () => {
  // All that come after the report: the scenes are in the order of the procedure.
  playsEach(scenes.slice(first && scenes.indexOf(first)));
});
