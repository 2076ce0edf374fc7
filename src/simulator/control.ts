import type { Simulator } from './handler.ts';
import { bodyText, type HttpRequest, type HttpResponse } from './http.ts';
import type { Scene } from './scenes/scene.ts';
import { sceneAccount } from './scenes/stage.ts';
import { scriptedFault } from './scripted-fault.ts';

/** All paths below this one steer the simulator; none of AWS's begins like it. */
export const CONTROL = '/_simulator/';

/** The API by which other clients push the clock and look into the world, in JSON. */
export const control = (simulator: Simulator, request: HttpRequest): HttpResponse => {
  // Only browsers send an Origin: no page may steer a simulator that happens to run on the reader's machine.
  if (request.headers.origin !== undefined) return refused(403, 'The simulator is not for browsers.');
  const name = request.path.slice(CONTROL.length);
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) return refused(404, `There is no ${request.path}. There are: ${Object.keys(routes).join(', ')}.`);
  if (request.method !== route.method) {
    const answer = refused(405, `${request.path} takes ${route.method}.`);
    return { ...answer, headers: { ...answer.headers, allow: route.method } };
  }
  return route.run(simulator, request);
};

interface Route {
  readonly method: 'GET' | 'POST';
  run(simulator: Simulator, request: HttpRequest): HttpResponse;
}

const routes: Readonly<Record<string, Route>> = {
  advance: {
    method: 'POST',
    run: (simulator, request) => {
      const ms = durationOf(request);
      if (typeof ms === 'string') return refused(400, ms);
      simulator.clock.advance(ms);
      simulator.settle();
      return json(200, { now: new Date(simulator.clock.now()).toISOString() });
    },
  },
  world: {
    method: 'GET',
    run: (simulator) => {
      simulator.settle();
      return json(200, simulator.world);
    },
  },
  calls: { method: 'GET', run: ({ world }) => json(200, world.calls) },
  link: {
    method: 'GET',
    run: (simulator, { query }) => {
      const { account = '' } = query;
      if (!/^\d{12}$/.test(account))
        return refused(400, 'account has to be 12 digits, as in link?account=111122223333.');
      const link = simulator.link(account);
      return link === undefined ? refused(404, `Spot has sent no link for ${account} yet.`) : json(200, { link });
    },
  },
  scene: {
    method: 'GET',
    run: ({ scene }) =>
      scene ? json(200, shownScene(scene)) : refused(404, 'No scene is on: the account is as any new one.'),
  },
  mend: {
    method: 'POST',
    run: (simulator) => {
      const { scene } = simulator;
      if (!scene?.mend)
        return refused(409, scene ? `In the scene ${scene.name} there is nothing to mend.` : 'No scene is on.');
      simulator.mend();
      return json(200, { told: scene.mend.told, flags: scene.mend.flags ?? {} });
    },
  },
  fault: {
    method: 'POST',
    run: ({ world }, request) => {
      const fault = scriptedFault(request);
      if (typeof fault === 'string') return refused(400, fault);
      world.faults.push(fault);
      return json(200, fault);
    },
  },
  relent: {
    method: 'POST',
    run: ({ world }) => {
      const relented = world.faults.splice(0).filter(({ times }) => times > 0);
      world.lags.splice(0);
      return json(200, { relented });
    },
  },
  reset: {
    method: 'POST',
    run: (simulator) => {
      simulator.reset();
      return json(200, { now: new Date(simulator.clock.now()).toISOString() });
    },
  },
};

const shownScene = ({ name, title, mend }: Scene) => ({ name, title, account: sceneAccount, mend: mend?.told ?? null });

const units: Readonly<Record<string, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1000 };

/** A hundred years: beyond it, dates stop being dates. */
const MOST_MS = 100 * 365 * 24 * 3_600_000;

/** The ms that a body like `{"hours": 25, "minutes": 30}` asks for, or what is wrong with it. */
const durationOf = (request: HttpRequest): number | string => {
  const wrong =
    'The body has to be like {"hours": 25}, with hours, minutes or seconds that are finite and not negative.';
  let input: unknown;
  try {
    input = JSON.parse(bodyText(request));
  } catch {
    return wrong;
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return wrong;
  const entries = Object.entries(input);
  let total = 0;
  for (const [unit, amount] of entries) {
    const length = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (length === undefined || typeof amount !== 'number' || !(amount >= 0)) return wrong;
    total += length * amount;
  }
  return entries.length > 0 && total <= MOST_MS ? total : wrong;
};

const refused = (status: number, message: string): HttpResponse => json(status, { error: message });

const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`),
});
