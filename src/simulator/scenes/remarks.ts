import { extractorTemplate } from '../templates/extractor.ts';
import type { Scene } from './scene.ts';
import { roleThat, templateOf } from './small-templates.ts';
import { offersAnew, spots } from './spots-link.ts';
import type { OfferAbout } from './stage.ts';

/** Spot's usual template, but that its function runs on this. */
const running = (runtime: string): string => extractorTemplate.replace('python3.13', runtime);

const bare = Object.fromEntries(Object.keys(spots).map((key) => [key, undefined]));

/** The link fills in for this parameter what is not the connection's. */
const disagreeing = (name: string, title: string, key: string, value: string): Scene => ({
  name: `link-for-another-${name}`,
  title,
  arrange(stage) {
    const filled: OfferAbout = { parameters: { ...bare, [key]: value } };
    stage.offer(templateOf({ Role: roleThat('logs:PutLogEvents') }, { [key]: { Type: 'String' } }), filled);
  },
  mend: offersAnew,
});

/** What else the review remarks: warnings, and where the link disagrees with the connection. Its bucket is a scene of the extractor's. */
export const remarks: readonly Scene[] = [
  {
    name: 'runtime-retires-soon',
    title: "The extractor's function runs on a Lambda runtime that is about to be retired.",
    arrange: (stage) => stage.offer(running('nodejs22.x')),
  },
  {
    name: 'runtime-unpatched',
    title: "The extractor's function runs on a Lambda runtime that has just been retired.",
    arrange: (stage) => stage.offer(running('dotnet8')),
  },
  {
    name: 'runtime-refused',
    title: "The extractor's function runs on a Lambda runtime that AWS takes no more.",
    arrange: (stage) => stage.offer(running('nodejs18.x')),
    mend: { ...offersAnew, told: 'Spot puts a template there that runs on a current one.' },
  },
  {
    name: 'buckets-never-confirmed',
    title: "Spot's link leads to a template and to an output in buckets that nobody here has ever confirmed.",
    arrange: (stage) =>
      stage.offer(extractorTemplate, {
        bucket: 'spot-connect-templates-2',
        parameters: { S3OutputBucket: 'spot-connect-output-2' },
      }),
  },
  disagreeing('prefix', "Spot's link fills in a prefix that is not the report's.", 'CURPrefixName', 'somebody_else'),
  disagreeing('account', "Spot's link fills in an account that is not the customer's.", 'AccountId', '444455556666'),
  disagreeing('region', "Spot's link fills in a region that Spot does not work in.", 'Region', 'eu-west-1'),
];
