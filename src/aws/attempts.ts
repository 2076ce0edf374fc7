import { isRefusal } from './explain.ts';

/** A call that is about to be made again. */
export interface Repetition {
  /** As in `s3:CreateBucket`. */
  readonly call: string;
  /** Of how many this is which attempt, from 2 on. */
  readonly attempt: number;
  readonly of: number;
  /** What the attempt before it threw. */
  readonly error: unknown;
  /** How long the call has taken so far, in ms. */
  readonly taken: number;
}

/** How a run waits for calls that fail and are made again. */
export interface Patience {
  /** The time by which a call is measured, in ms: it never jumps. */
  now(): number;
  /** Waits between two attempts, ms. */
  pause(ms: number): Promise<void>;
  /** Told of each call that is made again. */
  again(repetition: Repetition): void;
}

interface Attempted {
  middlewareStack: {
    addRelativeTo(
      middleware: (
        next: (args: never) => Promise<never>,
        context: { commandName?: string },
      ) => (args: never) => Promise<never>,
      options: { relation: 'after'; toMiddleware: 'retryMiddleware'; name: string },
    ): void;
  };
}

/**
 * Watches each attempt at a call. An error is marked `$unanswered` when an attempt got no answer that tells what came of it, whatever
 * the later ones were told: the call may have taken effect.
 */
export const attempts =
  (patience: Patience | undefined) =>
  <C>(client: C, service: string): C => {
    (client as Attempted).middlewareStack.addRelativeTo(
      (next, { commandName = '' }) => {
        const call = `${service}:${commandName.replace(/Command$/, '')}`;
        let began = 0;
        let unanswered = false;
        let last: unknown;
        return async (args) => {
          const { attempt, of } = numbered(args);
          if (attempt === 1) began = patience?.now() ?? 0;
          else patience?.again({ call, attempt, of, error: last, taken: patience.now() - began });
          try {
            return await next(args);
          } catch (error) {
            last = error;
            unanswered ||= !isRefusal(error);
            if (unanswered && error instanceof Error) Object.assign(error, { $unanswered: true });
            throw error;
          }
        };
      },
      { relation: 'after', toMiddleware: 'retryMiddleware', name: 'attempts' },
    );
    return client;
  };

/** The SDK writes into each request which attempt it is. */
const numbered = ({ request }: { readonly request?: { readonly headers?: Readonly<Record<string, string>> } }) => {
  const [, attempt = 1, of = 1] = /attempt=(\d+); max=(\d+)/.exec(request?.headers?.['amz-sdk-request'] ?? '') ?? [];
  return { attempt: Number(attempt), of: Number(of) };
};
