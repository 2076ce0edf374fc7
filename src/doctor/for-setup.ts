import type { Area, Finding } from './finding.ts';

/** What a doctor has to say before setup asks its first question. */
export interface Forewarning {
  readonly checked: number;
  /** True when all is well, what the walk itself tells or asks included. */
  readonly well: boolean;
  /** Proven to stop the walk today. */
  readonly stops: readonly Finding[];
  /** Worth knowing, and told by nobody else today. */
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
  ...['expiry', 'clock', 'crawler-stack', 'extractor-stack', 'notifications', 'concurrency', 'lake-formation'],
  ...['permissions', 'permissions-setup', 'permissions-extractor'],
]);

/**
 * Sorts findings for setup. Only what the first step would be blocked by stops: what a later step would fail of can be mended in
 * the day until then, and IAM's simulation of rights is no proof, as it knows no session policies and none of resources.
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
    tells: findings.filter((finding) => !stopping(finding) && worthTelling(finding)),
  };
};

/** True for what the user's answers have a part in: they are worth keeping, since others can be given in their place. */
export const dependsOnAnswers = ({ id }: Finding): boolean => ofTheNames.has(id);
