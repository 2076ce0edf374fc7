import type { Aws } from '../aws/aws.ts';
import type { ObjectAddress } from '../aws/objects.ts';
import { Problem } from '../errors.ts';
import { mostTemplateBytes } from '../template/template.ts';
import { printable } from '../text.ts';

/** The bytes of the template that lies in S3. @throws Problem (blocked) for one that is larger than CloudFormation takes */
export const readOffered = async (
  { objects }: Pick<Aws, 'objects'>,
  address: ObjectAddress & { readonly url: string },
): Promise<Uint8Array> => {
  try {
    return await objects.read({ ...address, offered: true }, mostTemplateBytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(
      `The template ${printable(address.url)} can't be read: it is larger than 1 MiB, which is more than CloudFormation takes.`,
      ["Ask Spot for another link, and review that: spot-cur review '<link>'"],
    );
  }
};
