import { members } from '../../../query.ts';
import { memberList } from '../../../xml.ts';
import { currentOf, deletionTime, iso } from '../stacks.ts';
import { templateOf } from '../template/of-stack.ts';
import { reading } from '../wire.ts';

export const listStacks = reading('ListStacks', ({ account, now }, request) => {
  const wanted = members(request, 'StackStatusFilter');
  const summaries = [...account.stacks].reverse().flatMap((stack) => {
    const { status, reason } = currentOf(stack, now);
    if (wanted.length > 0 && !wanted.includes(status)) return [];
    const deleted = deletionTime(stack, now);
    return {
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: templateOf(stack).description,
      CreationTime: iso(stack.created),
      DeletionTime: deleted === undefined ? undefined : iso(deleted),
      StackStatus: status,
      StackStatusReason: reason,
      DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    };
  });
  return { StackSummaries: memberList(summaries) };
});
