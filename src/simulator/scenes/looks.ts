import type { Scene } from './scene.ts';

/** What only the doctor asks for, and can do without. */
const looked = [
  { name: 'lambda', what: 'how many Lambda functions may run at once', operation: 'lambda:GetAccountSettings' },
  {
    name: 'lake-formation',
    what: 'how Lake Formation guards the catalog',
    operation: 'lakeformation:GetDataLakeSettings',
  },
] as const;

/** What an endpoint that stands in for AWS says of what it does not imitate. */
const unsupported = (operation: string) => ({
  operation,
  code: 'InternalFailure',
  message: `The API action '${operation.split(':')[1]}' is not yet implemented.`,
  status: 501,
});

/** Looks that can't be made, and that nothing depends on. */
export const looks: readonly Scene[] = looked.flatMap(({ name, what, operation }) => [
  {
    name: `${name}-denied`,
    title: `The role may not see ${what}.`,
    arrange: (stage) => stage.deny({ action: operation }),
  },
  {
    name: `${name}-unsupported`,
    title: `What answers in place of AWS does not know ${what}.`,
    arrange: (stage) => stage.fail(unsupported(operation)),
  },
  {
    name: `${name}-silent`,
    title: `AWS gives no answer when it is asked ${what}.`,
    arrange: (stage) => stage.silence(operation),
  },
]);
