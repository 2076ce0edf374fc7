import { isOwnAccount, plain } from '../accounts.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { holeIn, shown, type Text } from '../value.ts';
import { walk } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Images of containers and servers: who has made them. */
export const images: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...containerImages(resource).map((text) => image(resource, text, context)),
    ...machineImages(resource).map((text) => machineImage(resource, text)),
  ]);

const imageKey = /^(Image|ImageUri|ImageIdentifier)$/;

/** Container images, wherever a type has them named. */
const containerImages = ({ properties }: Resource): readonly Text[] => {
  const found: Text[] = [];
  walk(properties, (value, path) => {
    if (value.kind === 'text' && imageKey.test(path.at(-1) ?? '') && !path.includes('Variables'))
      found.push(value.text);
  });
  return found;
};

/** A machine image is anyone's who has ever published one: only AWS's own parameters tell whose. */
const machineImages = ({ properties }: Resource): readonly Text[] => {
  const found: Text[] = [];
  walk(properties, (value, path) => {
    if (value.kind === 'text' && path.at(-1) === 'ImageId' && !isPublished(value.text)) found.push(value.text);
  });
  return found;
};

const isPublished = (text: Text): boolean =>
  /^(<\/aws\/service\/.*>|resolve:ssm:\/aws\/service\/.*)$/.test(plain(text) ?? '');

const machineImage = ({ id }: Resource, text: Text): Remark =>
  remark('machine-image', 'alarm', id, [
    `${id} starts servers from a machine image, and whose that is can't be told.`,
    shown(text),
    `Whoever made the image decides what runs. ${askSpot}`,
  ]);

/** A registry of an account, as ECR names it. */
const registry = /^(\d{12}|<AccountId>)\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com\//;
const byAws = /^(aws\/codebuild\/|public\.ecr\.aws\/(aws|lambda|amazonlinux|docker\/library)\/)/;

const image = ({ id }: Resource, text: Text, context: Context): Remark => {
  const written = text.map((part) => (typeof part === 'string' ? part : (plain([part]) ?? '<own>'))).join('');
  const [, account] = registry.exec(written) ?? [];
  const ours = isOwnRepository(text) || (account !== undefined && isOwnAccount(account, context));
  const published = byAws.test(written);
  return (ours || published) && !holeIn(text)
    ? remark('container-image', 'warning', id, [
        `${id} runs a container image ${published ? 'that AWS publishes' : 'from a registry of this account'}.`,
        shown(text),
        'This review has not looked into it.',
      ])
    : remark('outside-image', 'alarm', id, [
        `${id} runs a container image from a registry outside your account.`,
        shown(text),
        `Whoever owns the registry decides what runs. ${askSpot}`,
      ]);
};

/** `RepositoryUri`, with a tag or digest behind it. */
const isOwnRepository = ([first, second]: Text): boolean =>
  typeof first === 'object' &&
  'own' in first &&
  first.type === 'AWS::ECR::Repository' &&
  first.attribute === 'RepositoryUri' &&
  (second === undefined || (typeof second === 'string' && /^[:@]/.test(second)));
