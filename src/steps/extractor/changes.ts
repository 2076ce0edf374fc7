import type { ChangeSet } from '../../aws/stacks.ts';
import type { Change } from '../../step.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Offer } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import type { Reviewed } from './reviewing.ts';
import { offerLines, texts } from './texts.ts';

/** The writes of step 3. */
export const changes = {
  prepare: (stackName: string, offer: Offer, parameters: Parameters, reviewed: Reviewed): Change => ({
    id: `extractor-change-set:${stackName}`,
    summary: texts.prepareSummary(stackName),
    details: [
      ...offerLines(offer, parameters, capabilitiesOf(offer)),
      'The review found nothing else but:',
      ...reviewed.findings.filter(({ level }) => level === 'note').map(({ title }) => `  ${title}`),
    ],
    confirms: reviewed.confirms,
    async apply({ aws }, token) {
      const { id, stackId, requestId } = await aws.stacks.prepare(
        {
          stackName,
          template: offer.inline ? { body: offer.text } : { url: offer.link.template.url },
          parameters: parameters.values,
          capabilities: capabilitiesOf(offer).map(({ name }) => name),
        },
        token,
        token,
      );
      return {
        requestId,
        notes: { 'extractor-change-set': id, 'extractor-stack-id': stackId, 'extractor-sha256': offer.sha256 },
      };
    },
  }),

  execute: (stackName: string, changeSet: ChangeSet, shown: boolean): Change => ({
    id: `extractor-execution:${stackName}`,
    summary: `Execute the change set of the stack ${stackName}`,
    creates: { key: 'extractor-stack', id: stackName },
    async apply({ aws }, token) {
      const receipt = await aws.stacks.execute(changeSet.id, token);
      return { ...receipt, ...(!shown && { told: texts.notShown }) };
    },
  }),

  discard: (stackName: string, changeSet: ChangeSet): Change => ({
    id: `extractor-discard:${changeSet.id}`,
    summary: `Delete the change set and the empty stack ${stackName}`,
    undoes: `extractor-change-set:${stackName}`,
    apply: ({ aws }) => aws.stacks.discard(changeSet),
  }),

  remove: (stackName: string, id: string): Change => ({
    id: `extractor-stack-removal:${id}`,
    summary: `Delete the failed stack ${stackName}, so that it can be created again`,
    apply: ({ aws }) => aws.stacks.delete(id),
  }),
};
