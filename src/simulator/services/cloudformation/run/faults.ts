import type { Account, StackFault } from '../../../world.ts';

/** Consumes the scripted trouble for a resource: the reason for which it fails, or undefined. */
export const takeFault = (
  account: Account,
  logicalId: string,
  status: NonNullable<StackFault['status']>,
): string | undefined => {
  const faults = account.stackFaults ?? [];
  const index = faults.findIndex(
    (fault) => fault.logicalId === logicalId && (fault.status ?? 'CREATE_FAILED') === status,
  );
  return index < 0 ? undefined : faults.splice(index, 1)[0]?.reason;
};
