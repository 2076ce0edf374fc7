import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { unreadableAnswer } from './unreadable.ts';

export interface Caller {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
}

export interface Identity {
  /** Who the credentials belong to. Called alone and first, as its answer tells AWS's time. */
  whoAmI(): Promise<Caller>;
  /** Who the role was assumed from; undefined when none was, or when that can't be told. */
  findSource(): Promise<Source | undefined>;
}

/** Who a role was assumed from. */
export interface Source extends Caller {
  /** What these credentials are called, such as "the profile msp". */
  readonly from: string | undefined;
}

export const identity = (
  sts: () => STSClient,
  source: (() => STSClient) | undefined,
  from?: string | undefined,
): Identity => ({
  whoAmI: () => callerOf(sts()),
  async findSource() {
    const caller = source && (await callerOf(source()).catch(() => undefined));
    return caller && { ...caller, from };
  },
});

const callerOf = async (sts: STSClient): Promise<Caller> => {
  const answer = await sts.send(new GetCallerIdentityCommand({}));
  const { Account, Arn } = answer;
  if (!Account || !/^\d{12}$/.test(Account) || !Arn) throw unreadableAnswer('sts:GetCallerIdentity', answer);
  return { account: Account, arn: Arn };
};
