import { expect, test } from 'vitest';
import { deliveryTime } from '../../src/aws/reports.ts';

test.each<[string | undefined, string | undefined]>([
  ['20261123T081000Z', '2026-11-23T08:10:00.000Z'],
  ['20261123T081000+0000', '2026-11-23T08:10:00.000Z'],
  ['20261123T081000+0100', '2026-11-23T07:10:00.000Z'],
  ['20261123T001000+0530', '2026-11-22T18:40:00.000Z'],
  ['20261231T233000-0800', '2027-01-01T07:30:00.000Z'],
  ['20240229T000000Z', '2024-02-29T00:00:00.000Z'],
  [undefined, undefined],
  ['', undefined],
  ['N/A', undefined],
  ['20261323T081000Z', undefined],
  ['20261123T251000Z', undefined],
  ['20261123', undefined],
])('a delivery at %s was at %s', (text, iso) => {
  const time = deliveryTime(text);
  expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(iso);
});
