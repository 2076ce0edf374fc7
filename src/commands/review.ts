import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { Problem } from '../errors.ts';
import { readNamedFile } from '../named-file.ts';
import type { Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { capabilitiesOf } from '../steps/extractor/capabilities.ts';
import { parametersFor } from '../steps/extractor/parameters.ts';
import { reviewTemplate } from '../steps/extractor/reviewing.ts';
import { steps } from '../steps/index.ts';
import { procedureName } from '../steps/procedure.ts';
import { sha256 } from '../steps/sha256.ts';
import { type QuickCreateLink, readQuickCreateLink } from '../template/quick-create-link.ts';
import { mostTemplateBytes, readTemplate, templateText } from '../template/template.ts';
import { templateAddress } from '../template/template-address.ts';
import { reviewDocument, reviewView } from '../terminal/views/review.ts';
import { quoted } from '../text.ts';
import { confirmationsIn } from './confirmations.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess } from './open-connection.ts';
import type { ReviewOptions } from './options.ts';
import { readOffered } from './read-offered.ts';

const fields = steps.flatMap((step) => step.fields);

/** Shows what a link or template would create and grant. Deploys nothing, writes nothing. @returns the exit code */
export const review = async (session: Session, options: ReviewOptions): Promise<number> => {
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  const named = sourceFrom(options.source);
  refuseAny([...given.objections, ...session.objections()]);
  const state = given.customer === undefined ? undefined : await connectionNamed(session, given.customer);
  const bytes = await read(session, named, mergedAccess(state?.access, given.access));
  const text = templateText(bytes, named.shown);
  const template = readTemplate(bytes, named.shown);
  const link = named.link ?? { parameters: {}, stackName: undefined };
  const report = reportOf(state);
  const { values, origins, bucketKey } = parametersFor(template, link, {
    // Without a connection the user has not named the bucket yet: the procedure's name stands for it.
    bucket: report?.bucket ?? procedureName,
    param: (given.answers.param ?? {}) as Record<string, string>,
  });
  const { findings } = reviewTemplate(
    { text, sha256: sha256(bytes), source: named.shown, templateBucket: named.address?.bucket },
    { values, origins },
    { account: state?.account, report, confirmations: await confirmationsIn(session.store)() },
    session.clock.now(),
  );
  const accepted = given.answers['accept-risk'] ?? [];
  const alarmed = findings.some(({ level, id }) => level === 'alarm' && !([accepted].flat() as string[]).includes(id));
  const facts = {
    source: named.shown,
    sha256: sha256(bytes),
    capabilities: capabilitiesOf({ template }),
    template,
    values,
    origins:
      report === undefined && bucketKey && origins[bucketKey] === 'report'
        ? { ...origins, [bucketKey]: 'procedure' }
        : origins,
    findings,
  };
  session.terminal.result(
    options.json ? reviewDocument(facts) : reviewView(facts, session.terminal.resultStyle, session.terminal.columns),
  );
  return alarmed ? new Problem('', [], 'alarm').exitCode : 0;
};

interface Source {
  /** How messages name it. */
  readonly shown: string;
  readonly link?: QuickCreateLink;
  readonly address?: QuickCreateLink['template'];
  readonly path?: string;
}

const sourceFrom = (text: string): Source => {
  const refuse = (rule: string) =>
    new Problem(
      `${quoted(text, 120)} can't be reviewed: ${rule}.`,
      ['Example: spot-cur review template.yaml'],
      'usage',
    );
  const s3 = /^s3:\/\/([^/]+)\/(.+)$/.exec(text);
  if (s3?.[1] && s3[2]) {
    const url = `https://s3.amazonaws.com/${s3[1]}/${s3[2].split('/').map(encodeURIComponent).join('/')}`;
    return { shown: text, address: templateAddress(url, refuse) };
  }
  if (!/^[\s<‹"'“„‘«([]*(URL:)?https?(:|%)/i.test(text)) return { shown: text, path: text };
  if (/^https:\/\/[^/]*\bs3[.-][^/]*amazonaws\.com\/[^#]*$|^https:\/\/s3\.amazonaws\.com\/[^#]*$/i.test(text))
    return { shown: text, address: templateAddress(text, refuse) };
  const link = readQuickCreateLink(text);
  return { shown: link.template.url, link, address: link.template };
};

const read = async (
  session: Session,
  { address, path, shown }: Source,
  access: State['access'],
): Promise<Uint8Array> => {
  if (address) return readOffered((await session.connect(access)).aws, address);
  return readNamedFile(
    path ?? shown,
    'template',
    mostTemplateBytes,
    'Give a file, an s3:// address, or the whole link in quotes.',
  );
};

const connectionNamed = async ({ store }: Session, customer: string): Promise<State> => {
  const state = await loadChecked(store, customer, fields);
  if (state) return state;
  throw new Problem(
    `There is no connection named ${customer}.`,
    ['Leave --customer away to review without one.'],
    'usage',
  );
};

/** Where the connection's report lies, once its answers are known. */
const reportOf = (state: State | undefined) => {
  const { bucket = state?.answers['report-name'], prefix } = state?.answers ?? {};
  return typeof bucket === 'string' && typeof prefix === 'string' ? { bucket, prefix } : undefined;
};
