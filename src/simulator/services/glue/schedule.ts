import { ServiceError } from '../../service.ts';

/** Throws what Glue answers to a schedule that is none: `cron(minutes hours day-of-month month day-of-week year)`. */
export const checkSchedule = (expression: string): void => {
  const [, inner = ''] = /^cron\((.*)\)$/.exec(expression) ?? [];
  const fields = inner.split(' ');
  const [minutes = '', hours = '', days = '', , weekdays = ''] = fields;
  const formed = fields.length === 6 && fields.every((field) => /^[\dA-Za-z*?,\-/#]+$/.test(field));
  // One of the two days has to be a question mark, as in all of AWS's cron expressions.
  const oneDay = (days === '?') !== (weekdays === '?');
  const inRange = numbersOf(minutes).every((n) => n < 60) && numbersOf(hours).every((n) => n < 24);
  if (formed && oneDay && inRange) return;
  throw new ServiceError('InvalidInputException', `Invalid schedule expression: ${expression}`);
};

/** When a daily schedule last came round at or before `now`, both in ms UTC; undefined for schedules that aren't daily, which start no crawl here. */
export const lastRun = (expression: string, now: number): number | undefined => {
  const [, minute, hour] = /^cron\((\d+) (\d+) (?:\* \* \?|\? \* \*) \*\)$/.exec(expression) ?? [];
  if (minute === undefined || hour === undefined) return undefined;
  const day = new Date(now);
  const today = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), Number(hour), Number(minute));
  return today <= now ? today : today - 24 * 3_600_000;
};

const numbersOf = (field: string): number[] => (field.match(/\d+/g) ?? []).map(Number);
