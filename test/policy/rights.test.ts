import { beforeAll, describe, expect, test } from 'vitest';
import { directCalls } from '../../src/policy/direct-calls.ts';
import { documentOf } from '../../src/policy/document.ts';
import type { Grant, Phase } from '../../src/policy/grant.ts';
import { grantsFor } from '../../src/policy/grants.ts';
import { extractorTemplate } from '../../src/simulator/templates/extractor.ts';
import { known, type Rehearsal, type Run, rehearse } from '../support/rehearsal.ts';
import { allow, names, printed, usedActions } from './given.ts';
import { type Guard, guarded, unguarded, walked, walks } from './walks.ts';

interface Trodden {
  readonly told: string;
  readonly free: readonly Run[];
  readonly bound: readonly Run[];
}

const trodden: Trodden[] = [];
/** What all walks made use of, each as "<phase> <what>": IAM's actions, and the calls. */
const used = { actions: new Set<string>(), calls: new Set<string>() };

/** Each phase by its own policy, noting what it made use of once the next begins. */
const noting = (): { guard: Guard; note(story: Rehearsal): void } => {
  let current: { phase: Phase; from: number } | undefined;
  const note = (story: Rehearsal) => {
    if (!current) return;
    for (const action of usedActions(story)) used.actions.add(`${current.phase} ${action}`);
    for (const call of story.calls().slice(current.from)) used.calls.add(`${current.phase} ${call}`);
  };
  return {
    note,
    async guard(story, phase, deleteData) {
      note(story);
      await guarded(story, phase, deleteData);
      current = { phase, from: story.calls().length };
    },
  };
};

beforeAll(async () => {
  for (const walk of walks) {
    const { guard, note } = noting();
    const free = await walked(walk, unguarded);
    const bound = await walked(walk, guard);
    note(bound.story);
    trodden.push({ told: walk.told, free: free.runs, bound: bound.runs });
  }
}, 180_000);

/** What the user sees, but for the random ends of generated names. */
const screens = (runs: readonly Run[]) => runs.map(({ screen }) => screen.replace(/-[A-Z0-9]{12}\b/g, '-<random>'));

describe('a policy is enough for its phase', () => {
  test.each(walks)('$told', ({ told }) => {
    const { free = [], bound = [] } = trodden.find((each) => each.told === told) ?? {};
    expect(free.length).toBeGreaterThan(0);
    expect(screens(bound)).toEqual(screens(free));
  });

  test.each(['s3:CreateBucket', 'cur:PutReportDefinition', 'iam:PassRole', 'lambda:InvokeFunction', 's3:GetObject'])(
    'without %s it is not',
    async (lacking) => {
      const story = rehearse();
      const { Statement, ...rest } = await printed(story, 'setup');
      const lesser = Statement.map((each) => ({ ...each, Action: each.Action.filter((action) => action !== lacking) }));
      allow(story, { ...rest, Statement: lesser });
      const first = await story.run.setup({ yes: true, flags: known });
      story.advance(24);
      const second = await story.run.resume({ yes: true });
      expect(first.exitCode + second.exitCode).toBeGreaterThan(0);
      expect(`${first.screen}${second.screen}`).toContain(lacking);
    },
  );
});

/** The rights for CloudFormation alone in a phase's policy. */
const stackGrantsOf = (phase: Phase): readonly string[] => {
  const address = { bucket: 'spot', key: 'extractor.yml' };
  const parameters = { LambdaFunctionBucket: 'spot', LambdaFunctionKey: 'extractor.zip' };
  const grants = grantsFor(phase, names, {
    extractor: { address, contents: { text: extractorTemplate, parameters } },
    deleteData: true,
  });
  const actionsOf = (by: Grant['by']) =>
    documentOf(grants.filter((grant) => grant.by === by)).Statement.flatMap(({ Action }) => Action);
  return [...new Set(actionsOf('cloudformation'))];
};

describe('no grant is idle', () => {
  test('each call of the table is made in one of its phases', () => {
    const unmade = directCalls.filter(
      ({ call, phases }) => !phases.some((phase) => used.calls.has(`${phase} ${call}`)),
    );
    expect(unmade.map(({ call, phases }) => `${phases.join(', ')}: ${call}`)).toEqual([]);
  });

  test('a removal makes each call that its policy is for', () => {
    const granted = directCalls.filter(({ phases }) => phases.includes('remove')).map(({ call }) => call);
    expect(granted.filter((call) => !used.calls.has(`remove ${call}`))).toEqual([]);
  });

  test.each([
    ['setup', []],
    ['remove', []],
    // The permission is the last thing that the extractor's stack makes: a failure never finds it made.
    ['extractor', ['lambda:RemovePermission']],
  ] as const)('CloudFormation uses all that it is given in %s', (phase, idle) => {
    expect(stackGrantsOf(phase).filter((action) => !used.actions.has(`${phase} ${action}`))).toEqual(idle);
  });
});
