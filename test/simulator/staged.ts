import { createSimulator } from '../../src/simulator/handler.ts';
import { sceneAccount, stageFor } from '../../src/simulator/scenes/stage.ts';
import { accountOf } from '../../src/simulator/world.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

export const monday = Date.UTC(2026, 10, 23, 9);

/** A simulated AWS whose clock moves only when it is pushed, the hands of a scene, and the account's clients. */
export const staged = (sessionToken?: string) => {
  const simulator = createSimulator({ wall: () => monday });
  const keys = { accessKeyId: sceneAccount, secretAccessKey: 'unchecked' };
  return {
    simulator,
    stage: () => stageFor(simulator.world, accountOf(simulator.world, sceneAccount), simulator.clock.now()),
    account: accountOf(simulator.world, sceneAccount),
    aws: simulatedClients(simulator, sessionToken === undefined ? keys : { ...keys, sessionToken }),
    withToken: (token: string) => simulatedClients(simulator, { ...keys, sessionToken: token }),
  };
};
