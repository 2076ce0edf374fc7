/**
 * Whether a text fits a pattern whole, where `*` stands for any run of characters and `?` for one that passes `single`. Takes no
 * longer than their lengths multiplied: as a regular expression, a hostile pattern of a few stars would take hours.
 */
export const fitsWildcards = (
  pattern: string,
  text: string,
  single: (character: string) => boolean = () => true,
): boolean => {
  let at = 0;
  let star = -1;
  let tried = 0;
  for (let next = 0; next < text.length; ) {
    const wanted = pattern[at];
    const found = text[next] ?? '';
    if (wanted === '*') {
      star = at;
      tried = next;
      at += 1;
    } else if (wanted === found || (wanted === '?' && single(found))) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      // The last star takes one more; earlier ones need not be tried again.
      tried += 1;
      next = tried;
      at = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
};
