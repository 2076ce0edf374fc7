/**
 * The ARN by which policies name whoever acts: for the session of a role, the role. STS leaves its path out, so a role below one
 * is named without it.
 */
export const roleOf = (arn: string): string =>
  arn.replace(/^arn:(aws[\w-]*):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
