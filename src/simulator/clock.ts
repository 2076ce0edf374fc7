/** The simulated time in ms since the epoch, UTC: it runs with real time and can be pushed forward. */
export interface SimulatedClock {
  now(): number;
  advance(ms: number): void;
}

/** A clock that starts at the real time and runs with it, but for the jumps. */
export const jumpingClock = (wall: () => number = Date.now): SimulatedClock => {
  let jumped = 0;
  return {
    now: () => wall() + jumped,
    advance: (ms) => {
      jumped += ms;
    },
  };
};
