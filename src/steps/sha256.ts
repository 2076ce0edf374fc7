import { createHash } from 'node:crypto';

/** SHA-256 in hex: what a file's bytes are known by. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
