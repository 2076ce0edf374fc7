import { Problem } from '../errors.ts';
import { explain } from './explain.ts';

/** What a look brought that may be refused: the answer, or why it can't be told. */
export type Glance<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string };

const codesOfRefusal =
  /^(AccessDenied(Exception)?|AllAccessDisabled|UnauthorizedOperation|Forbidden|403|UnknownOperationException|UnsupportedOperation|UnsupportedAPIEndpointException|NotImplemented|InternalFailure|501)$/;

const refused = (error: unknown): boolean => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return codesOfRefusal.test(name ?? '') || $metadata?.httpStatusCode === 403 || $metadata?.httpStatusCode === 501;
};

/** The same for what nobody depends on: whatever AWS, or what stands in for it, answers is no more than a warning. */
export const glanceAside = async <T>(read: Promise<T>): Promise<Glance<T>> => {
  try {
    return await glance(read);
  } catch (error) {
    const problem = explain(error);
    const answered = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;
    if (!problem || problem.code === 'credentials' || !answered) throw error;
    return { known: false, reason: problem.message };
  }
};

/**
 * The same for what the walk would only like to know, from a service that it does not need otherwise: one that can't even be
 * reached is no more than a reason. @throws what a session that has ended, or is another account's, ends in
 */
export const glanceInPassing = async <T>(read: Promise<T>): Promise<Glance<T>> => {
  try {
    return { known: true, value: await read };
  } catch (error) {
    const problem = error instanceof Problem ? undefined : explain(error);
    if (!problem || problem.code === 'credentials') throw error;
    return { known: false, reason: problem.message };
  }
};

/**
 * Waits for a read that the walk can do without: a denied or unsupported one is an answer of its own.
 * @throws whatever else the read throws: expired credentials, a broken network
 */
export const glance = async <T>(read: Promise<T>): Promise<Glance<T>> => {
  try {
    return { known: true, value: await read };
  } catch (error) {
    if (!refused(error)) throw error;
    const problem = explain(error);
    if (problem?.code === 'credentials') throw error;
    return { known: false, reason: problem?.message ?? (error as Error).message };
  }
};
