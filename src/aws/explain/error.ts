import { printable, withoutSecrets } from '../../text.ts';
import type { Origin } from '../origin.ts';
import { unreadableName } from '../unreadable.ts';

/** What an explanation may draw on beside the error. */
export interface ExplainContext {
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Where the credentials come from, if that is known. */
  readonly origin?: Origin | undefined;
}

/** What the clients attach to each error: which call it was. */
export interface FailedCall {
  /** IAM's name of the action, such as `s3:CreateBucket`. */
  readonly action: string;
  readonly resource: string | undefined;
}

/** An error as the SDK and the way to the network throw it. */
export interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly tryNextLink?: boolean;
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly $call?: FailedCall;
  /** True when an attempt at the call got no answer that tells what came of it. */
  readonly $unanswered?: boolean;
  /** Whether it was about a template that somebody else offers in a bucket of theirs. */
  readonly $offered?: boolean;
  /** Whose credentials it were. */
  readonly $way?: ExplainContext;
  /** The proxy that the request was to go through, as `host:port`. */
  readonly $proxy?: string;
  /** The variable that names it. */
  readonly $proxyBy?: string;
  /** The host that was to be reached, with its port where that is not the usual one. */
  readonly $host?: string;
}

/** What an explanation is made from. */
export interface Trouble {
  readonly error: SdkError;
  /** Printable. */
  readonly code: string;
  /** Printable. */
  readonly message: string;
  /** Which call it was, in brackets after a blank; empty when that is not known. */
  readonly call: string;
  readonly context: ExplainContext;
}

export interface Explanation {
  readonly text: string;
  readonly advice: readonly string[];
  readonly kind?: 'credentials' | 'denied';
}

/** How every advice ends. */
export const again = 'Then run the same command again: everything done so far is saved.';

export const troubleIn = (error: SdkError, context: ExplainContext = error.$way ?? {}): Trouble => {
  const resource = error.$call?.resource;
  return {
    error,
    code: printable(String(error.name && error.name !== 'Error' ? error.name : (error.Code ?? error.code ?? ''))),
    message: saying(error),
    call: error.$call ? ` (${printable(error.$call.action)}${resource ? ` on ${printable(resource)}` : ''})` : '',
    context: { ...error.$way, ...context },
  };
};

/** True for an answer that could not be parsed, or lacks what AWS says there. */
export const unreadable = ({ name, message = '' }: SdkError): boolean =>
  name === unreadableName || /Deserialization error|\$response/.test(String(message));

/** The SDK's own words, on an answer that it can't parse or that does not come, are for its developers. */
const saying = (error: SdkError): string => {
  const message = String(error.message ?? '');
  if (unreadable(error)) return 'what answered is not in the form of AWS';
  const [, waited] = /@smithy\/node-http-handler.*? (\d+) ms/s.exec(message) ?? [];
  if (waited !== undefined) return `no answer within ${Math.ceil(Number(waited) / 1000)} seconds`;
  return printable(withoutSecrets(message)).slice(0, 2_000);
};
