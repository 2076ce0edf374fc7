/** What is kept of an accepted write. */
export interface Receipt {
  /** AWS's id of the request, for its support. */
  readonly requestId: string | undefined;
}

export const receipt = (answer: { readonly $metadata: { readonly requestId?: string | undefined } }): Receipt => ({
  requestId: answer.$metadata.requestId,
});
