const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something takes, to the unit that matters to a person. */
export const span = (ms: number): string => {
  const count = (unit: number, name: string) => {
    const n = Math.round(ms / unit);
    return `${n} ${name}${n === 1 ? '' : 's'}`;
  };
  if (ms < 90_000) return ms < 1_500 ? 'a moment' : count(1_000, 'second');
  if (ms < 90 * minute) return count(minute, 'minute');
  return ms < 48 * hour ? count(hour, 'hour') : count(day, 'day');
};

/** By when something is, or was, expected. Times in ms. */
export const expectation = (time: number, now: number): string =>
  `${time < now ? 'Was expected' : 'Expected'} by ${when(time, now)}.`;

/** A time in the user's zone with how long ago it was or how long it is to go. Times in ms. */
export const when = (time: number, now: number): string => {
  const local = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(time);
  return time <= now ? `${local} (${span(now - time)} ago)` : `${local} (in ${span(time - now)})`;
};
