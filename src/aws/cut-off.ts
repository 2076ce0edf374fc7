import type { Requests } from './requests.ts';

/** The same requests, each of which is cut off once the signal is aborted: nothing is left that keeps a process alive. */
export const cutOff = (requests: Requests, signal: AbortSignal): Requests => ({
  handle: (request, options) =>
    signal.aborted ? Promise.reject(signal.reason) : requests.handle(request, { ...options, abortSignal: signal }),
  destroy: () => requests.destroy?.(),
});
