/** The parts of the work that may be given to different roles. Each one's grants are enough for it alone. */
export const phases = ['status', 'setup', 'extractor', 'remove'] as const;
export type Phase = (typeof phases)[number];

/** What IAM has to allow, and why. */
export interface Grant {
  readonly phase: Phase;
  /** What it is about, in one or two words of letters, such as `ReadBucket`: the end of the statement's id. */
  readonly topic: string;
  /** IAM's names of the actions, such as `s3:CreateBucket`. */
  readonly actions: readonly string[];
  /** ARNs; `*` where AWS narrows nothing. */
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Whose right it is: that of a call of this program, or what CloudFormation does in the caller's name. */
  readonly by: 'call' | 'cloudformation';
  /** The operation by the SDK's name, such as `s3:HeadBucket`, where a call of this program needs it. */
  readonly call?: string;
  /** What it is needed for, as the end of "needed …". */
  readonly why: string;
  /** Where AWS says so. */
  readonly source?: string;
}

/** Operator to condition key to values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What the grants are scoped to. */
export interface Names {
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  readonly partition: string;
  /** 12 digits; `*` where it is not known. */
  readonly account: string;
  readonly bucket: string;
  readonly reportName: string;
  readonly prefix: string;
  readonly stackName: string;
  readonly extractorStackName: string;
  /** ARNs of the user or role that the policy is for; any of the account when it is not known. */
  readonly principals?: readonly string[];
}

export const isPhase = (text: string): text is Phase => phases.some((each) => each === text);
