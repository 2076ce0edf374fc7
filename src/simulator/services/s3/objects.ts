import { settleDeliveries } from '../../delivery.ts';
import type { World } from '../../world.ts';
import { bucketNamed, objectAt, takeContent } from './store.ts';

/**
 * The bytes of an object as they are at `now` (ms), deliveries of reports included; undefined where there is no such
 * bucket or key. Asks no permission.
 */
export const readObject = (world: World, bucket: string, key: string, now: number): Uint8Array | undefined => {
  settleDeliveries(world, now);
  const found = bucketNamed(world, bucket);
  const object = found && objectAt(found, key);
  return found && object && takeContent(found, key, object);
};
