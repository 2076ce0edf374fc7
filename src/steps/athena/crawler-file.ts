import type { Aws } from '../../aws/aws.ts';
import type { Stack } from '../../aws/stacks.ts';
import { Problem } from '../../errors.ts';
import { mostTemplateBytes } from '../../template/template.ts';
import { sha256 } from '../sha256.ts';
import { stackStanding } from '../stack-standing.ts';
import { type CrawledPlace, readCrawlerTemplate } from './crawler-template.ts';
import type { Settings } from './settings.ts';

/** The crawler file that AWS delivers now, by its usual key or the newest below the report (aws-facts §5). */
export const findDeliveredFile = async (
  { objects }: Pick<Aws, 'objects'>,
  { bucket, prefix, reportName }: Pick<Settings, 'bucket' | 'prefix' | 'reportName'>,
): Promise<Uint8Array | undefined> => {
  const folder = `${prefix}/${reportName}/`;
  const found =
    (await objects.find(bucket, `${folder}crawler-cfn.yml`)) ??
    (await objects.findNewest(bucket, folder, '/crawler-cfn.yml'));
  return found && objects.read({ bucket, key: found.key }, mostTemplateBytes);
};

/** The stack by its recorded id or by name, whichever counts: one that stands, before one that failed or is gone. */
export const findCrawlerStack = async (
  { stacks }: Pick<Aws, 'stacks'>,
  settings: Pick<Settings, 'notes' | 'stack-name'>,
): Promise<Stack | undefined> => {
  const id = settings.notes['crawler-stack-id'];
  const found = [id ? await stacks.find(id) : undefined, await stacks.find(settings['stack-name'])];
  return found.find(isMade) ?? found.find((stack) => stackStanding(stack) !== 'absent');
};

/** True for a stack that was made from its template, or is about to be. */
export const isMade = (stack: Stack | undefined): boolean => /^(standing|busy|odd)$/.test(stackStanding(stack));

/**
 * The file that this connection's stack was made from, byte for byte; undefined while there is no such stack. What was
 * mailed is what stands, so a lost message gets this file, whatever AWS delivers now.
 * @throws Problem when the stack stands and its file can't be had
 */
export const findDeployedFile = async (
  aws: Pick<Aws, 'objects' | 'stacks'>,
  settings: Settings,
  delivered: Uint8Array | undefined,
): Promise<Uint8Array | undefined> => {
  const stack = await findCrawlerStack(aws, settings);
  if (!stack || !isMade(stack)) return undefined;
  const noted = stack.id === settings.notes['crawler-stack-id'] ? settings.notes['crawler-sha256'] : undefined;
  if (noted !== undefined && delivered && sha256(delivered) === noted) return delivered;
  const text = await aws.stacks.findTemplate({ stack: stack.id });
  const bytes = text === undefined ? undefined : Buffer.from(text);
  if (bytes && (noted === undefined ? isOurs(bytes, settings) : sha256(bytes) === noted)) return bytes;
  if (noted === undefined) return undefined;
  throw new Problem(
    `The stack ${stack.name} was made from a crawler-cfn.yml that is gone: AWS delivers another one now, and CloudFormation does not give back the one that it got.`,
    [
      `Look for the file that was mailed, with the SHA-256 ${noted}.`,
      `Or make the stack anew: delete ${stack.name} in the CloudFormation console, then: spot-cur resume ${settings.customer}`,
    ],
  );
};

/** True when a template reads this connection's report and nothing else. */
export const isOurs = (bytes: Uint8Array, settings: CrawledPlace): boolean => {
  try {
    return readCrawlerTemplate(bytes, 'of the stack', settings).mismatches.length === 0;
  } catch {
    return false;
  }
};
