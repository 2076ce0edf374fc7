import { expect, it } from 'vitest';
import { alarms, announced, filesOf, reviewed, textOf } from './stage.ts';

it('knows at least 20 benign and 40 hostile templates', () => {
  expect(filesOf('benign').length).toBeGreaterThanOrEqual(20);
  expect(filesOf('hostile').length).toBeGreaterThanOrEqual(40);
});

it.each(filesOf('benign'))('raises no alarm over %s', (name) => {
  const { findings } = reviewed(textOf('benign', name));
  expect(findings.filter(({ level }) => level === 'alarm')).toEqual([]);
});

it.each(filesOf('hostile'))('raises the alarm that %s announces', (name) => {
  const text = textOf('hostile', name);
  expect(alarms(reviewed(text))).toEqual(expect.arrayContaining([...announced(text)]));
});
