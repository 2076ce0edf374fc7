import { describe, expect, test } from 'vitest';
import { begunAnew, progressOf } from '../../src/removal/progress.ts';
import type { State } from '../../src/state/state.ts';
import { removedFrom, removedReportNote, removedReports } from '../../src/steps/removed-report.ts';

const [early, late] = ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z'];
const place = { reportName: 'acme-cur', bucket: 'acme-billing', prefix: 'spotinst_eco' };
const state: State = {
  version: 1,
  lineage: 'one',
  serial: 1,
  customer: 'acme',
  endpoint: 'aws',
  account: '111122223333',
  access: {},
  answers: {
    bucket: 'acme-billing',
    'report-name': 'acme-cur',
    prefix: 'spotinst_eco',
    link: 'https://…',
    contact: '',
  },
  provenance: {},
  notes: {},
  journal: [],
};

describe('how far a removal is', () => {
  test.each([
    ['none was begun', {}, undefined],
    ['begun', { removing: early }, 'begun'],
    ['done', { removing: early, removed: late }, 'done'],
    ['done in the same moment', { removing: early, removed: early }, 'done'],
    ['begun once more, for the data', { removing: late, removed: early }, 'begun'],
    ['done, by a state that was mended by hand', { removed: early }, 'done'],
  ])('%s', (_, notes, kind) => {
    expect(progressOf({ notes })?.kind).toBe(kind);
  });
});

describe('a setup after it', () => {
  test('leaves a connection that stands as it is', () => {
    expect(begunAnew(state)).toBe(state);
  });

  test('asks for prefix and link anew where the report is gone, and for nothing else', () => {
    const notes = { removing: early, removed: late, ...removedReportNote({ ...place, at: late }) };
    const { answers, notes: left } = begunAnew({ ...state, notes });
    expect(answers).toEqual({ bucket: 'acme-billing', 'report-name': 'acme-cur', contact: '' });
    expect(removedFrom(left, place)?.at).toBe(late);
    // It is what it is until something is made.
    expect(left).toHaveProperty('removed');
  });

  test('keeps both where the report stands', () => {
    expect(begunAnew({ ...state, notes: { removing: early } }).answers).toEqual(state.answers);
  });

  test('knows the place by the name of the bucket alone', () => {
    const { 'report-name': _, ...answers } = state.answers;
    const notes = { removed: late, ...removedReportNote({ ...place, reportName: 'acme-billing', at: late }) };
    expect(begunAnew({ ...state, answers, notes }).answers).toEqual({ bucket: 'acme-billing', contact: '' });
  });
});

describe('reports that were taken back', () => {
  test('are remembered by their place, however long its names', () => {
    const long = { reportName: 'r'.repeat(256), bucket: 'b'.repeat(63), prefix: 'p/'.repeat(127) };
    const notes = { ...removedReportNote({ ...place, at: early }), ...removedReportNote({ ...long, at: late }) };
    expect(Object.keys(notes).every((key) => key.length <= 256)).toBe(true);
    expect(removedReports(notes)).toEqual([
      { ...place, at: early },
      { ...long, at: late },
    ]);
    expect(removedFrom(notes, { ...place, prefix: 'spotinst_eco-2' })).toBeUndefined();
  });

  test('once a place, by the last time', () => {
    const notes = { ...removedReportNote({ ...place, at: early }), ...removedReportNote({ ...place, at: late }) };
    expect(removedReports(notes)).toEqual([{ ...place, at: late }]);
  });

  test('what a hand has written there is no report', () => {
    expect(removedReports({ 'removed-report:x': 'yesterday', other: 'a b c d' })).toEqual([]);
  });
});
