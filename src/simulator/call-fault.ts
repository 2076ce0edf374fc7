import { ServiceError } from './service.ts';
import type { Account } from './world.ts';

/** Throws the scripted trouble that meets this call (`cur:PutReportDefinition`), and counts it. */
export const meetCallFault = (account: Account, call: string): void => {
  const fault = account.callFaults?.find(({ operation, times }) => operation === call && times !== 0);
  if (!fault) return;
  if (fault.times !== undefined) fault.times -= 1;
  if (fault.endsSession) account.sessionEnd = { calls: 0 };
  throw new ServiceError(fault.code, fault.message, fault.status);
};
