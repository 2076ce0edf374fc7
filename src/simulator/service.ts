import type { HttpRequest, HttpResponse } from './http.ts';
import type { Account, ServiceName, World } from './world.ts';

/** What a simulated service is given for one request. */
export interface Context {
  readonly world: World;
  /** The caller's account. */
  readonly account: Account;
  /** The caller's ARN, as STS shows it. */
  readonly callerArn: string;
  /** The caller's unique id, as STS shows it. */
  readonly userId: string;
  /** The simulated time in ms. */
  readonly now: number;
  readonly requestId: string;
}

/** One operation of a service, by AWS's name for it. */
export interface Operation {
  readonly mutating: boolean;
  run(context: Context, request: HttpRequest): HttpResponse;
}

/** A simulated service: names the operation that a request means, and holds those that it simulates. */
export interface Service {
  readonly name: ServiceName;
  /** AWS's name of the operation that the request asks for, simulated or not. */
  operationOf(request: HttpRequest): string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The service's own shape of an error. */
  failure(error: ServiceError, requestId: string): HttpResponse;
}

/** An error as AWS answers it; services throw it, the handler has the service put it into its wire format. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Headers that this error brings besides the service's own. */
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: string, message: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}
