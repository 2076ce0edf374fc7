/** IAM's wildcards: `*` for any text, `?` for one character. */
export const like = (pattern: string, text: string): boolean => {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
};
