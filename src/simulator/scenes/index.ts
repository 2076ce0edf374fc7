import { accounts } from './accounts.ts';
import { alarms } from './alarms.ts';
import { buckets } from './buckets.ts';
import { changeSets } from './change-sets.ts';
import { extractor } from './extractor.ts';
import { links } from './links.ts';
import { looks } from './looks.ts';
import { messages } from './messages.ts';
import { remarks } from './remarks.ts';
import { removals } from './removals.ts';
import { reports } from './reports.ts';
import { rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { sessions } from './sessions.ts';
import { stackStatuses } from './stack-statuses.ts';
import { stacks } from './stacks.ts';

/** All families of scenes, in the order of the procedure. */
export const families = {
  accounts,
  looks,
  rights,
  sessions,
  reports,
  buckets,
  stacks,
  stackStatuses,
  messages,
  links,
  alarms,
  remarks,
  changeSets,
  extractor,
  removals,
};

/** All scenes, each with the name of its family in words. */
export const scenes: readonly (Scene & { readonly family: string })[] = Object.entries(families).flatMap(
  ([name, members]) =>
    members.map((scene) => ({ ...scene, family: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) })),
);

export const sceneNamed = (name: string): Scene | undefined => scenes.find((scene) => scene.name === name);
