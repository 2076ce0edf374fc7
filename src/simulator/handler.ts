import { randomUUID } from 'node:crypto';
import { meetCallFault } from './call-fault.ts';
import { ANONYMOUS, callerOf, skewFor } from './caller.ts';
import { jumpingClock, type SimulatedClock } from './clock.ts';
import { credentialOf } from './credential.ts';
import { settleDeliveries } from './delivery.ts';
import { disturbed, gatewayPage, isLost, lost, refuse, unsettle } from './disturbance.ts';
import { type Fault, takeFault } from './fault.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { before, shownTo } from './lag.ts';
import { queryParameters } from './query.ts';
import { checkRights } from './rights/check.ts';
import type { Asked } from './rights/resources.ts';
import { serviceFor } from './route.ts';
import type { Scene } from './scenes/scene.ts';
import { sceneAccount, stageFor } from './scenes/stage.ts';
import { type Operation, ServiceError } from './service.ts';
import { settleStacks } from './services/cloudformation/settle.ts';
import { settleCrawls } from './services/glue/crawls.ts';
import { services } from './services/services.ts';
import { checkSignedTime } from './skew.ts';
import { establishSpot, linkFor } from './spot.ts';
import { accountOf, emptyWorld, type Lag, type World } from './world.ts';

/** A pretend AWS, whole: requests go in, responses come out, nothing else happens. */
export interface Simulator {
  readonly world: World;
  readonly clock: SimulatedClock;
  /** Answers one request. Throws only for a bug of the simulator's own. */
  handle(request: HttpRequest): HttpResponse;
  /** The quick-create link that Spot has sent for this account; undefined until it has. */
  link(account: string): string | undefined;
  /** Brings the world up to the clock, as each request does first. */
  settle(): void;
  /** Empties the world, takes back what the clock was advanced, and arranges the scene anew. */
  reset(): void;
  /** The scene that the world was arranged for. */
  readonly scene?: Scene | undefined;
  /** Does in the world what the scene's mend says; nothing without a scene, or one that can't be mended. */
  mend(): void;
}

/**
 * What a simulator can be given: a world to go on with, a clock to share, or `wall` (ms) for a clock of its own; and a scene, which
 * it arranges in the account of scenes.
 */
export interface SimulatorOptions {
  readonly clock?: SimulatedClock;
  readonly world?: World;
  readonly wall?: () => number;
  readonly scene?: Scene | undefined;
}

export const createSimulator = (options: SimulatorOptions = {}): Simulator => {
  const { world = emptyWorld(), scene } = options;
  const clock = countingClock(options.clock ?? jumpingClock(options.wall));
  const settle = () => {
    const now = clock.now();
    settleDeliveries(world, now);
    settleStacks(world, now);
    settleCrawls(world, now);
    return now;
  };
  const stage = () => stageFor(world, accountOf(world, sceneAccount), clock.now());
  const begin = () => {
    establishSpot(world, clock.now());
    scene?.arrange(stage());
  };
  begin();
  return {
    world,
    clock,
    scene,
    mend: () => {
      settle();
      scene?.mend?.apply?.(stage());
    },
    handle: (request) => {
      const now = settle();
      const { headers, body, ...answered } = answer(world, request, now);
      const silent = request.method === 'HEAD';
      return {
        ...answered,
        headers: { ...headers, date: new Date(now + (skewFor(world, request) ?? 0)).toUTCString() },
        body: silent ? new Uint8Array() : body,
      };
    },
    link: (account) => linkFor(world, account, settle()),
    settle: () => {
      settle();
    },
    reset: () => {
      for (const records of [world.accounts, world.buckets, world.sessions]) {
        for (const key of Object.keys(records)) delete records[key];
      }
      for (const list of [world.calls, world.faults, world.lags]) list.splice(0);
      clock.restore();
      begin();
    },
  };
};

/** The same clock, remembering how far it was advanced. */
const countingClock = (clock: SimulatedClock): SimulatedClock & { restore(): void } => {
  let jumped = 0;
  const advance = (ms: number) => {
    jumped += ms;
    clock.advance(ms);
  };
  return { now: () => clock.now(), advance, restore: () => advance(-jumped) };
};

const answer = (world: World, request: HttpRequest, now: number): HttpResponse => {
  const requestId = randomUUID();
  const name = serviceFor(request);
  if (typeof name === 'object') return unknownService(request, name.unknown, requestId);

  const service = services[name];
  const operationName = service.operationOf(request);
  const operation = Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
  const mutating = isMutating(operation, operationName);
  const log = (status: number, account = 'unknown') =>
    world.calls.push({ service: name, operation: operationName, account, mutating, status });
  const fault = takeFault(world.faults, `${name}:${operationName}`);
  if (fault && isLost(fault.kind)) {
    log(0, credentialOf(request)?.key);
    return lost(fault.kind);
  }
  unsettle(world, fault, request, now);
  let account = 'unknown';
  let response: HttpResponse;
  try {
    const skew = skewFor(world, request);
    if (skew !== undefined) checkSignedTime(request, name, now + skew);
    const caller = callerOf(world, request, name, now);
    account = caller.account.id;
    if (account === ANONYMOUS && operationName !== 'GetObject' && operationName !== 'HeadObject') {
      throw new ServiceError('AccessDenied', 'Access Denied', 403);
    }
    if (!operation) throw unsupported(`${name}:${operationName}`);
    const asked = { account: caller.account, service: name, operation: operationName, request };
    checkRights(asked, caller.arn);
    meetCallFault(caller.account, `${name}:${operationName}`);
    refuse(fault?.kind, asked, caller.arn);
    const lag = fault?.kind === 'slow-to-show' ? lagOf(fault, world, asked, now) : undefined;
    const shown = shownTo(world, { ...asked, mutating, now });
    const context = { ...shown, callerArn: caller.arn, userId: caller.userId, now, requestId };
    response = fault?.kind === 'gateway-page' ? gatewayPage('502 Bad Gateway') : operation.run(context, request);
    if (lag) world.lags.push(lag);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const failed = service.failure(error, requestId);
    response = { ...failed, headers: { ...failed.headers, ...error.headers } };
  }
  const delivered = disturbed(fault?.kind, response);
  log(delivered.cut ? 0 : delivered.status, account);
  return delivered;
};

/** What reads are to find in place of a write that is about to be made, by the fault that meets it. */
const lagOf = (
  { reads, ms = 0 }: Fault,
  world: World,
  { account, service, request }: Asked,
  now: number,
): Lag | undefined => {
  const past = before(world, account, service, request);
  return past && { account: account.id, before: past, ...(reads === undefined ? { until: now + ms } : { reads }) };
};

/** An error in the protocol that the request seems to speak, for a service of which nothing else is known. */
const unknownService = (request: HttpRequest, name: string, requestId: string): HttpResponse => {
  const query = queryParameters(request).Action !== undefined;
  const alike = request.headers['x-amz-target'] ? services.glue : query ? services.sts : services.s3;
  return alike.failure(unsupported(`the service ${name}`), requestId);
};

const unsupported = (what: string): ServiceError =>
  new ServiceError('UnsupportedOperation', `The simulator doesn't imitate ${what}.`, 501);

/** Of an operation that isn't simulated, its name has to tell. */
const isMutating = (operation: Operation | undefined, name: string): boolean =>
  operation ? operation.mutating : !/^(Get|List|Describe|Head|BatchGet|Validate)/.test(name);
