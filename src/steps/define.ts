import * as v from 'valibot';
import { Problem } from '../errors.ts';
import type { Step, StepParts } from '../step.ts';

/** Puts a step together from its parts: one look is inspect, then the pure decisions over what was seen. */
export const defineStep = <Settings, Seen>(parts: StepParts<Settings, Seen>): Step => ({
  id: parts.id,
  title: parts.title,
  fields: parts.fields,
  disagreements: parts.disagreements ?? (() => []),
  doubts: parts.doubts ?? (() => []),
  ask: parts.ask,
  async look(outside, connection, clock) {
    const { answers, outputs, notes, provenance, caller, customer } = connection;
    const settings = v.safeParse(parts.settings, {
      ...answers,
      ...outputs,
      notes,
      provenance,
      account: caller.account,
      arn: caller.arn,
      vouched: answers.account,
      customer,
    });
    if (!settings.success) {
      const missing = settings.issues.map((issue) => v.getDotPath(issue)).join(', ');
      throw new Problem(`This connection has no answer yet for: ${missing}.`, [`spot-cur setup ${customer}`], 'usage');
    }
    const seen = await parts.inspect(outside, settings.output, connection, clock.now());
    const now = clock.now();
    return {
      move: parts.decide(seen, settings.output, now),
      checks: parts.checks(seen, settings.output, now),
      resources: parts.resources(seen, settings.output),
      effects: parts.effects(seen, settings.output),
      retold: parts.retold?.(seen),
    };
  },
});
