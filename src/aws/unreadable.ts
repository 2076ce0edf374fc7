/** What is thrown for an answer that lacks what AWS always says, as one that could not be parsed. */
export const unreadableAnswer = (action: string, { $metadata }: { readonly $metadata?: object }): Error =>
  Object.assign(new Error(`the answer to ${action} lacks what AWS says there`), {
    name: unreadableName,
    $metadata,
    $call: { action, resource: undefined },
  });

export const unreadableName = 'UnreadableAnswer';
