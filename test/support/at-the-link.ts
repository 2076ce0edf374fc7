import { type Moment, type Rehearsal, type Run, reach, rehearse } from './rehearsal.ts';

let moment: Promise<Moment> | undefined;

/** Everything is done up to the extractor, and Spot sends its link: no scene of what it sends can be told before. */
const atTheLink = (): Promise<Moment> => {
  moment ??= (async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    return story.moment();
  })();
  return moment;
};

/** A rehearsal in a scene of what Spot sends, and how it goes on with the link. `screen`: what the third step shows, or why it is not come to. */
export const withTheLink = async (
  scene: string,
): Promise<{ readonly story: Rehearsal; readonly run: Run; readonly screen: string }> => {
  const story = rehearse(scene, { from: await atTheLink() });
  const run = await goingOn(story);
  return { story, run, screen: thirdStep(run) };
};

export const thirdStep = ({ screen }: Run): string => screen.slice(Math.max(0, screen.indexOf('Step 3 of 3')));

export const goingOn = (story: Rehearsal): Promise<Run> =>
  story.run.resume({ yes: true, flags: { link: story.link(), ...story.mended() } });

/** The changes that deploy an extractor. */
export const deployed = ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'];
