import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../../src/simulator/handler.ts';
import { alarms } from '../../../src/simulator/scenes/alarms.ts';
import { changeSets } from '../../../src/simulator/scenes/change-sets.ts';
import { links } from '../../../src/simulator/scenes/links.ts';
import { remarks } from '../../../src/simulator/scenes/remarks.ts';
import { sceneAccount } from '../../../src/simulator/scenes/stage.ts';
import { accountOf } from '../../../src/simulator/world.ts';
import { playsEach } from '../../support/played-scene.ts';

const ofTheLink = [...links, ...alarms, ...remarks, ...changeSets];

test('what Spot sends is all that is different in these scenes, and what is asked about its template', () => {
  for (const scene of ofTheLink) {
    const { world } = createSimulator({ wall: () => 0, scene });
    const { spotOffer, hidesTemplates: _, callFaults = [], ...rest } = accountOf(world, sceneAccount);
    expect(spotOffer, scene.name).toBeDefined();
    expect(rest, scene.name).toEqual(accountOf(createSimulator().world, sceneAccount));
    for (const { operation } of callFaults)
      expect(operation, scene.name).toMatch(/^cloudformation:(GetTemplateSummary|CreateChangeSet)$/);
  }
});

describe('a rehearsal of a scene of what Spot sends', () => {
  playsEach(ofTheLink, { fromTheLink: true });
});
