import { createHmac } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** Where the number of a process means one process, and no other. What can't be known there is absent. */
export interface Whereabouts {
  readonly host: string;
  /** Tells machines of one name apart, such as two on which a home is mounted. */
  readonly machine?: string | undefined;
  /** The space of process numbers: on Linux each container has one of its own, whatever its host is called. */
  readonly pidSpace?: string | undefined;
  /** Changes with each start of the machine. */
  readonly bootId?: string | undefined;
}

/** Whether process numbers mean the same in both. Where only one of them knows something, nobody can tell. */
export const samePlace = (one: Whereabouts, other: Whereabouts): boolean =>
  one.host === other.host && one.machine === other.machine && one.pidSpace === other.pidSpace;

/** Of this process, but for what is given. */
export const whereabouts = (given: Whereabouts): Whereabouts => ({
  host: given.host,
  machine: given.machine ?? thisMachine(),
  pidSpace: given.pidSpace ?? thisPidSpace(),
  bootId: given.bootId ?? thisBoot(),
});

/** A digest, since machine-id(5) has the id itself kept to the machine. Images that set up machines hold none, or a word. */
const thisMachine = (): string | undefined => {
  const id = known(() => readFileSync('/etc/machine-id', 'utf8').trim());
  return id !== undefined && /^[0-9a-f]{32}$/.test(id)
    ? createHmac('sha256', id).update('spot-cur lock').digest('hex').slice(0, 32)
    : undefined;
};

/** See pid_namespaces(7). */
const thisPidSpace = (): string | undefined => known(() => readlinkSync('/proc/self/ns/pid'));

const thisBoot = (): string | undefined => known(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());

/** Only Linux has these files. */
const known = (read: () => string): string | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
