import { describe } from 'vitest';
import { accounts } from '../../../src/simulator/scenes/accounts.ts';
import { looks } from '../../../src/simulator/scenes/looks.ts';
import { rights } from '../../../src/simulator/scenes/rights.ts';
import { sessions } from '../../../src/simulator/scenes/sessions.ts';
import { playsEach } from '../../support/played-scene.ts';

describe('a rehearsal of a scene of who asks', () => {
  playsEach([...accounts, ...looks, ...rights, ...sessions]);
});
