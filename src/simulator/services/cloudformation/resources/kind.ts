import { createHash } from 'node:crypto';
import type { Account, Stack, World } from '../../../world.ts';
import type { Made } from '../template/scope.ts';

/** Properties with every function worked out. */
export type Properties = Readonly<Record<string, unknown>>;

/** Where a resource is made. */
export interface Place {
  readonly world: World;
  readonly account: Account;
  readonly stack: Stack;
  readonly logicalId: string;
  readonly now: number;
}

/** How a type of resource gets its name, and what its coming and going changes in the world. */
export interface Kind {
  /** The physical id and the attributes, known as soon as the creation is initiated. */
  identify(properties: Properties, place: Place): Made;
  /** @throws ResourceFailure */
  create?(properties: Properties, made: Made, place: Place): void;
  /** @throws ResourceFailure */
  remove?(properties: Properties, made: Made, place: Place): void;
  /** Whether it is removed even where its creation failed or was cancelled, as AWS calls a custom resource's Lambda. */
  readonly removedUnmade?: true;
}

/** A resource that AWS refuses to make or to remove; the message is the event's reason. */
export class ResourceFailure extends Error {}

/** How CloudFormation words what a resource's handler reports. */
export const handlerFailure = (message: string, service: string, code: string, place: Place): ResourceFailure => {
  const request = uuidFrom(place, 'request');
  const status = code === 'AccessDenied' && service !== 'Glue' ? 403 : 400;
  const told = `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${request})`;
  return new ResourceFailure(
    `Resource handler returned message: "${told}" (RequestToken: ${uuidFrom(place, 'token')}, HandlerErrorCode: ${code})`,
  );
};

/** Twelve letters and digits as in the names that CloudFormation makes up; the same for the same resource of the same stack. */
export const suffix = (place: Place, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string =>
  [...digest(place, 'suffix').subarray(0, 12)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** A made-up name: `<stack>-<logical id>-<suffix>`, shortened to fit. */
export const generatedName = (place: Place, limit = 64): string =>
  `${`${place.stack.name}-${place.logicalId}`.slice(0, limit - 13)}-${suffix(place)}`;

const digest = ({ stack, logicalId }: Place, salt: string): Buffer =>
  createHash('sha256').update(`${stack.id} ${logicalId} ${salt}`).digest();

const uuidFrom = (place: Place, salt: string): string =>
  digest(place, salt)
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** A structure inside the properties; empty when it is missing. */
export const structure = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Takes the entry that fits out of a list of the world. */
export const removeWhere = <T>(from: T[], fits: (entry: T) => boolean): void => {
  const index = from.findIndex(fits);
  if (index >= 0) from.splice(index, 1);
};

/** A property without which the resource can't be made. */
export const required = (properties: Properties, name: string): string => {
  const value = text(properties[name]);
  if (value !== undefined) return value;
  throw new ResourceFailure(`Properties validation failed for resource: #: required key [${name}] not found`);
};
