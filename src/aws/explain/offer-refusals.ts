import type { Explanation, Trouble } from './error.ts';

const anotherLink = "Ask Spot for a new link, and have it reviewed: spot-cur review '<link>'";

interface Offer {
  readonly code: RegExp;
  explain(trouble: Trouble): Explanation;
}

/** What refuses a template that somebody offers: its bucket is theirs, and nothing that is done here changes it. */
const offers: readonly Offer[] = [
  {
    code: /^(NoSuchBucket|NoSuchKey|NoSuchVersion|NotFound)$/,
    explain: ({ call }) => ({
      text: `The template is not there, or not any more${call}. Nothing was deployed.`,
      advice: [anotherLink],
    }),
  },
  {
    code: /^(AccessDenied|AllAccessDisabled|Forbidden)$/,
    explain: ({ call }) => ({
      text: `The template may not be read${call}. Nothing was deployed.`,
      advice: [
        'Ask Spot to open it to your account. A template that is gone may look the same.',
        "S3 wants s3:GetObject from both sides; what this role needs: spot-cur policy --link '<link>'",
        "Then have it reviewed, or a new link: spot-cur review '<link>'",
      ],
      kind: 'denied',
    }),
  },
  {
    code: /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|301|307)$/,
    explain: ({ call }) => ({
      text: `The template's bucket is in another region than its address says, and CloudFormation would not find it either${call}. Nothing was deployed.`,
      advice: [anotherLink],
    }),
  },
];

const offerOf = ({ error, code }: Trouble): Offer | undefined =>
  error.$offered ? offers.find((each) => each.code.test(code)) : undefined;

/** Whether it was a template in somebody else's bucket that was refused. */
export const ofOffer = (trouble: Trouble): boolean => offerOf(trouble) !== undefined;

export const explainOffer = (trouble: Trouble): Explanation => {
  const { text, advice, kind } = offerOf(trouble)?.explain(trouble) ?? { text: '', advice: [] };
  const words = [trouble.code, trouble.message].filter(Boolean).join(' ');
  return { text, advice: [...advice, `AWS's words: ${words}`], ...(kind && { kind }) };
};
