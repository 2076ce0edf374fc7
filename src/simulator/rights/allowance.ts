/** One thing that the caller's own policies allow. */
export interface Allowance {
  /** IAM's name of the action, such as `s3:CreateBucket`; `*` stands for any run of characters. */
  readonly action: string;
  /** ARN, with the same wildcards. */
  readonly resource: string;
  /** How often it let something through; absent for never. */
  used?: number;
}
