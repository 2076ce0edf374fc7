import { quickCreateText } from '../../template/quick-create-text.ts';
import type { Seen } from './inspect.ts';

/** The link without what the template keeps secret: CloudFormation takes none of that from a link, and none of it may be kept. */
export const retold = ({ offer }: Seen): Readonly<Record<string, string>> | undefined => {
  if (!offer) return undefined;
  const { link, template } = offer;
  const parameters = Object.entries(link.parameters);
  const plain = parameters.filter(
    ([key]) => !(Object.hasOwn(template.parameters, key) && template.parameters[key]?.noEcho),
  );
  if (plain.length === parameters.length) return undefined;
  return { link: quickCreateText({ ...link, parameters: Object.fromEntries(plain) }) };
};
