import { memberList } from '../../../xml.ts';
import { theChangeSet } from '../change-sets.ts';
import { stackNameOrId } from '../constraints.ts';
import { theStack } from '../stacks.ts';
import { processed } from '../template/transforms.ts';
import { reading } from '../wire.ts';

/** The text that was sent, as it was sent, or what its transforms have made of it. */
export const getTemplate = reading('GetTemplate', ({ account, now }, request) => {
  const { ChangeSetName: changeSet, TemplateStage: stage } = request;
  const text =
    changeSet === undefined
      ? theStack(account, stackNameOrId(request), now).template
      : theChangeSet(account, request, now).changeSet.template;
  const hidden = changeSet !== undefined && account.hidesTemplates === true;
  return {
    ...(!hidden && { TemplateBody: stage === 'Processed' ? processed(text) : text }),
    StagesAvailable: memberList(['Original', 'Processed']),
  };
});
