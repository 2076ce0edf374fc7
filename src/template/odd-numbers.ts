/**
 * The account number that a plain scalar comes to for a reader of YAML 1.1, if it is spelled in another way: 0x…, with
 * underscores, octal, in base 60 or with an exponent. An account id that begins with 0 and stands without quotes is octal.
 */
export const readAsNumber = (written: string): number | undefined => {
  if (written.length > 40 || /^[1-9]\d{11}$/.test(written)) return undefined;
  const value = numberIn(written.replaceAll('_', '').replace(/^\+/, ''));
  return value !== undefined && Number.isInteger(value) && value >= 1e11 && value < 1e12 ? value : undefined;
};

const numberIn = (digits: string): number | undefined => {
  if (/^0x[\da-f]+$/i.test(digits) || /^0b[01]+$/i.test(digits) || /^0o[0-7]+$/i.test(digits)) return Number(digits);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  if (/^\d+(:[0-5]?\d)+$/.test(digits)) return digits.split(':').reduce((sum, each) => sum * 60 + Number(each), 0);
  return /^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
};
