/**
 * What can happen to a call at the wire. `before`: it has no effect; `after`: it has, and its answer is lost. A truncated or
 * garbled answer and a gateway's timeout come after the effect, all refusals before it.
 */
export const faultKinds = [
  'throttled',
  'server-error',
  'unavailable',
  'gateway-page',
  'gateway-timeout',
  'reset-before',
  'reset-after',
  'hang-before',
  'hang-after',
  'truncated',
  'garbled',
  'expired-token',
  'access-denied',
  'clock-skew',
  'slow-to-show',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Scripted trouble at the wire for calls of one operation: plain data that counts itself down. */
export interface Fault {
  /** As in `cur:PutReportDefinition`, by AWS's name of the operation. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** How many calls are let through first. */
  after: number;
  /** How many calls it meets then. */
  times: number;
  /** What is slow to show: for how many reads the world is shown as before the write; without it, for `ms`. */
  readonly reads?: number;
  readonly ms?: number;
}

/** The fault that meets this call, counted; undefined when none does. Of several, the first that is due. */
export const takeFault = (faults: Fault[], call: string): Fault | undefined => {
  let taken: Fault | undefined;
  for (const fault of faults) {
    if (fault.operation !== call || fault.times === 0) continue;
    if (fault.after > 0) fault.after -= 1;
    else if (!taken) {
      taken = fault;
      fault.times -= 1;
    }
  }
  return taken;
};
