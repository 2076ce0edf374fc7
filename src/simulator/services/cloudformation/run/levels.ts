/** What waits for nothing is on level 0, what waits for level n on n + 1; the input has no circles. */
export const levelsOf = (waits: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, number> => {
  const levels = new Map<string, number>();
  const level = (id: string): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    const found = Math.max(-1, ...(waits[id] ?? []).map(level)) + 1;
    levels.set(id, found);
    return found;
  };
  for (const id of Object.keys(waits)) level(id);
  return levels;
};

/** All that a resource waits for, turned round: what has to be gone before it can go. */
export const reversed = (
  waits: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.keys(waits).map((id) => [id, Object.keys(waits).filter((other) => waits[other]?.includes(id))]),
  );

/** How long a level takes, in ms: half a second, less where many levels have to fit into four seconds. */
export const levelDuration = (levels: ReadonlyMap<string, number>): number =>
  Math.floor(Math.min(500, 3900 / (Math.max(0, ...levels.values()) + 1)));

/** A few ms between the resources of one level, so that no two events share their time and no level runs into the next. */
export const stagger = (index: number, step: number): number =>
  index % Math.max(1, Math.min(40, Math.floor(step * 0.2)));
