import type { Stack } from '../aws/stacks.ts';
import { findCrawlerStack, isOurs } from '../steps/athena/crawler-file.ts';
import { texts } from '../steps/extractor/texts.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { changeSetsOf, deleteByHand } from '../steps/stack-trouble.ts';
import { couldNotLook, type Finding, fine } from './finding.ts';
import type { Looks, Sight, Unseen } from './looks.ts';
import type { Names } from './names.ts';
import { type Subject, walkCommand } from './subject.ts';

/** A stack of the name that the connection's will bear. */
export interface SeenStack {
  readonly stack: Stack | undefined;
  /** Recorded, or proven by what it holds. */
  readonly ours: boolean;
}

/** Finds the connection's stacks, by recorded id or name, and whether they are its own. */
export const inspectStacks = async (looks: Looks, { notes }: Subject, names: Names) => {
  const { stackName, extractorStackName } = names;
  const [crawler, extractor] = await Promise.all([
    looks.look(async (aws): Promise<SeenStack> => {
      const stack = await findCrawlerStack(aws, { notes, 'stack-name': stackName });
      const empty = !stack || /^(absent|review)$/.test(stackStanding(stack));
      if (empty || stack.id === notes['crawler-stack-id']) return { stack, ours: !empty };
      const text = await aws.stacks.findTemplate({ stack: stack.id });
      return { stack, ours: text !== undefined && isOurs(Buffer.from(text), names) };
    }),
    looks.look(async ({ stacks }): Promise<SeenStack> => {
      const id = notes['extractor-stack-id'];
      const recorded = id ? await stacks.find(id) : undefined;
      const stack = recorded && stackStanding(recorded) !== 'absent' ? recorded : await stacks.find(extractorStackName);
      const ours = stack !== undefined && (stack.id === id || stack.parameters.CURBucketName === names.bucket);
      return { stack, ours };
    }),
  ]);
  return { crawler, extractor };
};

interface Kind {
  readonly id: 'crawler-stack' | 'extractor-stack';
  /** As in "is not this report's crawler". */
  readonly whose: string;
  readonly stackName: string;
  /** The flag that names another. */
  readonly flag: string;
  readonly free: string;
  /** Another's change set that waits under the name: the title, and what has to be done first, if anything. */
  readonly review: Pick<Finding, 'title' | 'advice'>;
  readonly subject: Pick<Subject, 'customer' | 'saved'>;
}

interface SeenStacks {
  readonly crawler: Sight<SeenStack>;
  readonly extractor: Sight<SeenStack>;
  /** True when nothing bears the names that the crawler stack gives its crawler and database. */
  readonly glueFree: boolean;
}

/** What the sights say of both stacks. */
export const stackFindings = (
  subject: Pick<Subject, 'customer' | 'saved'>,
  { stackName, extractorStackName }: Pick<Names, 'stackName' | 'extractorStackName'>,
  { crawler, extractor, glueFree }: SeenStacks,
): readonly Finding[] => {
  // One right is missing for both.
  if (isDenied(crawler) && isDenied(extractor))
    return [couldNotLook('crawler-stack', `the stacks ${stackName} and ${extractorStackName}`, crawler)];
  return [
    stackFinding(crawler, {
      id: 'crawler-stack',
      whose: 'crawler',
      stackName,
      flag: 'stack-name',
      free: `The stack name ${stackName} is free${glueFree ? ', and so are the names of its crawler and database' : ''}.`,
      review: {
        title: `A stack named ${stackName} waits for the review of a change set that somebody made. It holds nothing, and has to go before the name can be used.`,
        advice: [
          `Delete it if nobody needs it: ${deleteByHand(stackName)}`,
          `Or agree to that at a terminal when step 2 comes to it: ${walkCommand(subject)}`,
        ],
      },
      subject,
    }),
    stackFinding(extractor, {
      id: 'extractor-stack',
      whose: 'extractor',
      stackName: extractorStackName,
      flag: 'extractor-stack-name',
      free: `The stack name ${extractorStackName} is free.`,
      review: { title: texts.beside(extractorStackName), advice: [] },
      subject,
    }),
  ];
};

const isDenied = (sight: Sight<unknown>): sight is Unseen => !sight.known && sight.denied;

const stackFinding = (sight: Sight<SeenStack>, kind: Kind): Finding => {
  const { id, whose, stackName, flag, free, review, subject } = kind;
  if (!sight.known) return couldNotLook(id, `the stack ${stackName}`, sight);
  const { stack, ours } = sight.value;
  const standing = stackStanding(stack);
  if (!stack || standing === 'absent') return fine(id, free);
  const evidence = stack.status;
  if (ours) {
    const title = `The stack ${stack.name} is this report's ${whose}`;
    switch (standing) {
      case 'standing':
        return fine(id, `${title}, and stands.`, evidence);
      case 'busy':
      case 'deleting':
        return fine(id, `${title}, and CloudFormation is at work on it.`, evidence);
      case 'failed':
      case 'undeletable':
      case 'review':
      case 'odd':
        return {
          id,
          level: 'warning',
          title: `${title}, and does not stand.`,
          evidence,
          advice: [`What failed and what is to be done is told by: ${walkCommand(subject)}`],
        };
    }
  }
  const other = `Choose another name: ${walkCommand(subject)} --${flag} ${stackName}-2`;
  if (standing === 'review')
    return {
      id,
      level: 'warning',
      title: review.title,
      evidence,
      advice: [
        `See what waits there: ${changeSetsOf(stackName)}`,
        ...review.advice,
        other.replace('Choose', 'Or choose'),
      ],
    };
  return {
    id,
    level: standing === 'deleting' ? 'warning' : 'problem',
    title: `The stack name ${stackName} is taken by a stack that is not this report's ${whose}.`,
    evidence,
    advice: [
      other,
      `See what it is: aws cloudformation describe-stack-resources --region us-east-1 --stack-name ${stackName}`,
    ],
  };
};
