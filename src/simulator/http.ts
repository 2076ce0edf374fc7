/** What arrives at the simulated AWS: one HTTP request as plain data, whoever carried it. */
export interface HttpRequest {
  readonly method: string;
  /** Host as addressed, without port: picks the service when nothing else does, and the bucket in virtual-hosted S3 addressing. */
  readonly host: string;
  /** Raw path, still percent-encoded, without the query. */
  readonly path: string;
  /** Decoded query parameters; a key without a value is the empty string. */
  readonly query: Readonly<Record<string, string>>;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What goes back. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What the connection does instead of bringing it: is reset, says nothing more, or breaks off in the middle of the body. */
  readonly cut?: 'reset' | 'hang' | 'truncate';
}

/** A request's body as text. Some clients' bodies are byte arrays that pose as strings too: a decoder takes the bytes of any. */
export const bodyText = ({ body }: HttpRequest): string => new TextDecoder().decode(body);
