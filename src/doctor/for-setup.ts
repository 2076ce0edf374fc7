import type { Area, Finding } from './finding.ts';

/** What a doctor has to say before setup asks its first question. */
export interface Forewarning {
  readonly checked: number;
  /** True when all is well, what the walk itself tells or asks included. */
  readonly well: boolean;
  /** Proven to stop the walk today. */
  readonly stops: readonly Finding[];
  /** Told by nobody else today: problems of a later step, with what becomes of them, and what is worth knowing. */
  readonly tells: readonly Finding[];
}

/** Whatever is answered, an account like this can't be connected. */
const ofTheAccount = new Set(['partition', 'account', 'billing-transfer']);
/** Stops the walk too, unless another name is chosen when setup asks for one. */
const ofTheNames = new Set(['report', 'bucket', 'bucket-policy']);
/**
 * What only later steps meet, and what the walk does not look at. All else the walk tells by itself, beside the plan or the
 * question that it is about.
 */
const beyondTheWalk = new Set([
  ...['expiry', 'clock', 'report-limit', 'crawler-stack', 'extractor-stack', 'glue-crawler', 'glue-database'],
  ...['notifications', 'concurrency', 'lake-formation', 'permissions', 'permissions-setup', 'permissions-extractor'],
]);

const later = (step: number) => `This will stop step ${step}; it can be mended until then.`;

/** What becomes of a problem with which setup goes on. */
const ahead: Readonly<Record<string, string>> = {
  'crawler-stack': later(2),
  'glue-crawler': later(2),
  'glue-database': later(2),
  concurrency: later(2),
  'extractor-stack': later(3),
  'permissions-setup': 'The simulation is no proof, so setup goes on; where it is right, AWS will refuse it.',
};

/**
 * Sorts findings for setup, which has one verdict with the doctor: what is a problem there bears the same mark here.
 *
 * - Only what the first step is proven to be blocked by stops, or would if nobody chose another name.
 * - What a later step is proven to fail of (its stack's name is taken, a crawler or database of others bears a name of the
 *   stack's, Lambda has no room for it) is told with the step that it stops: it can be mended until then. That step looks at it
 *   again right before it creates anything, and is blocked by it with the same advice.
 * - What IAM's simulation refuses is told as a problem and stops nothing, as it knows no session policies and no resources' own.
 * - What may fail, or could not be looked at, is worth knowing.
 *
 * @param asks whether the user is about to be asked for names, and can choose others
 */
export const forewarning = (areas: readonly Area[], asks: boolean): Forewarning => {
  const findings = areas.flatMap((area) => area.findings);
  const stopping = ({ id, level }: Finding) =>
    level === 'problem' && (ofTheAccount.has(id) || (ofTheNames.has(id) && !asks));
  const worthTelling = ({ id, level, advice, minor = false }: Finding) =>
    level !== 'ok' &&
    !minor &&
    (beyondTheWalk.has(id) || (level === 'problem' && ofTheNames.has(id) && asks && advice.length > 0));
  return {
    checked: findings.length,
    well: findings.every(({ level }) => level === 'ok'),
    stops: findings.filter(stopping),
    tells: findings.filter((finding) => !stopping(finding) && worthTelling(finding)).map(withOutlook),
  };
};

const withOutlook = (finding: Finding): Finding => {
  const { id, level, title } = finding;
  if (level !== 'problem') return finding;
  const outlook =
    ahead[id] ?? (ofTheNames.has(id) ? 'This stops step 1, unless another name is chosen now.' : undefined);
  return outlook === undefined ? finding : { ...finding, title: `${title} ${outlook}` };
};

/** True for what the user's answers have a part in: they are worth keeping, since others can be given in their place. */
export const dependsOnAnswers = ({ id }: Finding): boolean => ofTheNames.has(id);
