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

/** A rehearsal in a scene of what Spot sends, and how it goes on with the link. */
export const withTheLink = async (scene: string): Promise<{ readonly story: Rehearsal; readonly run: Run }> => {
  const story = rehearse(scene, { from: await atTheLink() });
  return { story, run: await goingOn(story) };
};

export const goingOn = (story: Rehearsal): Promise<Run> =>
  story.run.resume({ yes: true, flags: { link: story.link(), ...story.mended() } });

/** The changes that deploy an extractor. */
export const deployed = ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'];
