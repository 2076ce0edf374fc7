/** What the SDK takes for a wrong clock, in ms: AWS itself bears five minutes. */
const noticeable = 240_000;

export interface Correctable {
  readonly config: { systemClockOffset?: number };
  middlewareStack: {
    addRelativeTo(
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { relation: 'after'; toMiddleware: 'retryMiddleware'; name: string },
    ): void;
  };
}

/**
 * Has the clients of one connection share what one of them has learned of AWS's clock, so that each needn't be refused first. And has
 * them try again because of it only when they knew no better before: what the SDK knows moves by a few ms with each answer, and
 * beside a clock that is minutes off it takes every error for the effect, asking three times for whatever is missing.
 */
export const sharedClock = () => {
  let offset: number | undefined;
  return <C>(client: C): C => {
    const { config, middlewareStack } = client as Correctable;
    middlewareStack.addRelativeTo(
      (next) => async (args) => {
        const before = offset ?? config.systemClockOffset ?? 0;
        config.systemClockOffset = before;
        try {
          return await next(args);
        } catch (error) {
          const learned = Math.abs((config.systemClockOffset ?? 0) - before) >= noticeable;
          if (!learned) forgetCorrection(error);
          throw error;
        } finally {
          offset = config.systemClockOffset;
        }
      },
      { relation: 'after', toMiddleware: 'retryMiddleware', name: 'sharedClock' },
    );
    return client;
  };
};

const forgetCorrection = (error: unknown): void => {
  const { $metadata } = error as { $metadata?: { clockSkewCorrected?: boolean } };
  if ($metadata) delete $metadata.clockSkewCorrected;
};
