/**
 * The public schema of a resource type, whose `handlers` name the rights that creating, reading and deleting takes
 * (`aws cloudformation describe-type --type RESOURCE --type-name …`). They name all that any property may take; the table
 * keeps to what the properties of a resource bring along.
 */
export const handlersOf = (schema: string): string =>
  `https://schema.cloudformation.us-east-1.amazonaws.com/${schema}.json, handlers`;

/** A resource type that is older than handlers: CloudFormation calls the service's own operations. */
export const operationsOf = (page: string): string =>
  `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/${page}.html`;
