import type { ConnectionStatus } from '../../connection-status.ts';
import { json } from '../../text.ts';

/** `status --json`; on one line for --watch. */
export const statusDocument = (customers: readonly ConnectionStatus[], indent = 2): string =>
  json({ schema: 'spot-cur/status@1', customers }, indent);

/** What setup and resume print with --json. */
export const runDocument = (customer: ConnectionStatus, did: readonly string[]): string =>
  json({ schema: 'spot-cur/run@1', customers: [customer], did });
