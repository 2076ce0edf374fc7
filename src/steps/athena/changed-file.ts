import { sha256 } from '../sha256.ts';

/** Two crawler files by their SHA-256 in hex: the one beside the message, and the one that AWS delivers now. */
export interface ChangedFile {
  readonly mailed: string;
  readonly delivered: string;
}

/** What the files differ in; undefined while they are the same. AWS may write crawler-cfn.yml anew with each delivery. */
export const changedFile = (mailed: Uint8Array, delivered: Uint8Array): ChangedFile | undefined => {
  const found = { mailed: sha256(mailed), delivered: sha256(delivered) };
  return found.mailed === found.delivered ? undefined : found;
};

/** What a changed file means: the mailed one counts (aws-facts §2), and what to do where the new one has to be used. */
export const changedFileTexts = (
  { mailed, delivered }: ChangedFile,
  { customer, stackName, stackStands }: { customer: string; stackName: string; stackStands: boolean },
): { readonly reason: string; readonly details: readonly string[]; readonly advice: readonly string[] } => ({
  reason: `AWS delivers another crawler-cfn.yml now than the one attached to the message. ${
    stackStands
      ? `The stack ${stackName} was created from the attached one and stays as it is: nothing has to be done.`
      : `The stack ${stackName} is created from the attached one, as that is what Spot gets: nothing has to be done.`
  }`,
  details: [`Attached:      SHA-256 ${mailed}`, `Delivered now: SHA-256 ${delivered}`],
  advice: [
    ...(stackStands
      ? [
          `Only if the new file has to be used: delete the stack ${stackName} in the CloudFormation console first. The mailed message is void then.`,
        ]
      : ['Only if the new file has to be used: the mailed message is void then, and a new one has to be sent.']),
    `Write the new one: spot-cur handover ${customer} --fresh`,
  ],
});
