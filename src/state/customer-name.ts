import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';

const rule = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Whether this can name a customer, and with that a file: no dots, slashes or capitals. */
export const isCustomerName = (name: string): boolean => rule.test(name);

/** Gives the name back. @throws Problem (usage) for what could lead out of the folder or mean two things on one disk */
export const customerName = (name: string): string => {
  if (isCustomerName(name)) return name;
  throw new Problem(
    `${quoted(name)} can't name a customer.`,
    ['Use small letters, digits and hyphens, at most 63, starting with a letter or digit: acme-corp.'],
    'usage',
  );
};
