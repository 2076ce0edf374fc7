import { describe } from 'vitest';
import { extractor } from '../../../src/simulator/scenes/extractor.ts';
import { messages } from '../../../src/simulator/scenes/messages.ts';
import { playsEach } from '../../support/played-scene.ts';

describe('a rehearsal of a scene of the message or the extractor', () => {
  playsEach([...messages, ...extractor]);
});
