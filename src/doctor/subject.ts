import type { Caller } from '../aws/identity.ts';
import type { Connection } from '../step.ts';

/** Whom a doctor looks at: an account, and what is known of the connection that is, or will be, there. */
export interface Subject extends Pick<Connection, 'answers' | 'notes' | 'provenance'> {
  /** As commands name it; a placeholder for a connection without a name. */
  readonly customer: string;
  /** True once there is something of it on disk. */
  readonly saved: boolean;
  readonly caller: Caller;
  /** True when a session that ends is followed by a fresh one without anybody, as of a role that the program assumes itself. */
  readonly renews: boolean;
  /** Ways to renew the credentials, where somebody has to. */
  readonly renewal: readonly string[];
  /** The region of this machine's settings. */
  readonly region: string | undefined;
}

/** An answer of one text; undefined when there is none. */
export const answerOf = ({ answers }: Pick<Subject, 'answers'>, id: string): string | undefined => {
  const answer = answers[id];
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
};

/** `aws` but for China and GovCloud. */
export const partitionOf = ({ arn }: Caller): string => arn.split(':')[1] ?? 'aws';

/** What stands for the name of a connection that has none yet. */
export const unnamed = '<customer>';

/** What prints the least policy; it takes names from a connection that is saved. */
export const policyCommand = ({ customer, saved }: Pick<Subject, 'customer' | 'saved'>): string =>
  saved ? `spot-cur policy ${customer}` : 'spot-cur policy';

/** What goes on with the connection, or begins it. */
export const walkCommand = ({ customer, saved }: Pick<Subject, 'customer' | 'saved'>): string =>
  `spot-cur ${saved ? 'resume' : 'setup'} ${customer}`;

/** What looks again. */
export const doctorCommand = ({ customer }: Pick<Subject, 'customer'>): string =>
  customer === unnamed ? 'spot-cur doctor' : `spot-cur doctor ${customer}`;
