/** AWS's warning (Cost and Usage Reports User Guide), in one sentence. */
export const corrupts = (what: string): string => `AWS warns that ${what} can corrupt its data`;
