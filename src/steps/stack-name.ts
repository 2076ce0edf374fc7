import * as v from 'valibot';

/** CloudFormation's rule for stack names (CreateStack, StackName); it has no room for the procedure's "Spot Eco Stack". */
export const stackName = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z]/, 'a stack name begins with a letter'),
  v.regex(/^[-a-zA-Z0-9]*$/, 'a stack name has letters, digits and hyphens only, no blanks'),
  v.maxLength(128, 'a stack name has at most 128 characters'),
);
