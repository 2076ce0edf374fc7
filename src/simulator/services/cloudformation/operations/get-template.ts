import { memberList } from '../../../xml.ts';
import { theChangeSet } from '../change-sets.ts';
import { stackNameOrId } from '../constraints.ts';
import { theStack } from '../stacks.ts';
import { reading } from '../wire.ts';

/** Without transforms the processed template is the original: the text that was sent, as it was sent. */
export const getTemplate = reading('GetTemplate', ({ account, now }, request) => {
  const text =
    request.ChangeSetName === undefined
      ? theStack(account, stackNameOrId(request), now).template
      : theChangeSet(account, request, now).changeSet.template;
  return { TemplateBody: text, StagesAvailable: memberList(['Original', 'Processed']) };
});
