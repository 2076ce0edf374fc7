import type { ChangeSet } from '../../aws/stacks.ts';
import { Problem } from '../../errors.ts';
import type { Change } from '../../step.ts';
import { stackArn } from '../arns.ts';
import { causeOf, remedyFor } from '../stack-failure.ts';
import { stackStanding } from '../stack-standing.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Offer } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import type { Reviewed } from './reviewing.ts';
import { offerLines, placeFor, texts } from './texts.ts';

/** The writes of step 3. */
export const changes = {
  prepare: (
    { stackName, customer, account }: { stackName: string; customer: string; account: string },
    offer: Offer,
    parameters: Parameters,
    reviewed: Reviewed,
  ): Change => ({
    id: `extractor-change-set:${stackName}`,
    summary: texts.prepareSummary(stackName),
    details: [
      ...offerLines(offer, parameters, capabilitiesOf(offer)),
      'Beside what needs attention below, the review notes:',
      ...reviewed.findings.filter(({ level }) => level === 'note').map(({ title }) => `  ${title}`),
    ],
    call: { action: 'cloudformation:CreateChangeSet', arn: stackArn(account, stackName) },
    confirms: reviewed.confirms,
    async apply({ aws }, token) {
      const deployment = {
        stackName,
        template: offer.inline ? { body: offer.text } : { url: offer.link.template.url },
        parameters: parameters.values,
        capabilities: capabilitiesOf(offer).map(({ name }) => name),
      };
      try {
        const { id, stackId, requestId } = await aws.stacks.prepare(deployment, token, token);
        return {
          requestId,
          arn: id,
          notes: {
            'extractor-change-set': id,
            'extractor-stack-id': stackId,
            'extractor-sha256': offer.sha256,
          },
        };
      } catch (error) {
        throw refused(error, customer);
      }
    },
  }),

  execute: (stackName: string, changeSet: ChangeSet, shown: boolean): Change => ({
    id: `extractor-execution:${stackName}`,
    summary: `Execute the change set of the stack ${stackName}`,
    call: { action: 'cloudformation:ExecuteChangeSet', arn: changeSet.stackId },
    creates: { key: 'extractor-stack', id: stackName },
    async apply({ aws }, token) {
      const receipt = await aws.stacks.execute(changeSet.id, token);
      return { ...receipt, ...(!shown && { told: texts.notShown }) };
    },
  }),

  discard: (stackName: string, changeSet: ChangeSet, beside: string | undefined): Change => ({
    id: `extractor-discard:${changeSet.id}`,
    summary:
      beside === changeSet.stackId
        ? `Delete the change set, and leave the stack ${stackName} to whoever else began it`
        : `Delete the change set and the empty stack ${stackName}`,
    call: { action: 'cloudformation:DeleteChangeSet', arn: changeSet.id },
    undoes: `extractor-change-set:${stackName}`,
    async apply({ aws }) {
      const others = beside === changeSet.stackId;
      const standing = others ? 'review' : stackStanding(await aws.stacks.find(changeSet.stackId));
      // Whoever executes it in the console makes of the empty stack one that runs.
      if (standing !== 'review' && standing !== 'absent')
        throw new Problem(
          `Somebody has executed the change set of the stack ${stackName} since this plan was made, so nothing was deleted.`,
          ['The next run looks at what stands: spot-cur resume'],
        );
      return aws.stacks.discard(changeSet, others);
    },
  }),
};

/** A refusal whose cause is known, with what to do about it; any other as it is. */
const refused = (error: unknown, customer: string): unknown => {
  const { name, message } = error as Error;
  const cause = name === 'ValidationError' ? causeOf(message) : undefined;
  if (!cause) return error;
  return new Problem(
    texts.prepareRefused(message),
    remedyFor(cause, { type: '', reason: message }, placeFor(customer)),
  );
};
