export interface Bucket {
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  readonly created: number;
  policy?: string;
  publicAccessBlock?: Record<string, boolean>;
  /** What stands inside `<NotificationConfiguration>`, as XML; absent or empty when nothing is notified. */
  notifications?: string;
  /** The default encryption with a KMS key, by the key's ARN; S3's own when absent. */
  kmsKey?: string;
  /** True when that key's policy does not let AWS's services encrypt with it. */
  kmsClosed?: boolean;
  /** Who owns new objects; `BucketOwnerEnforced` when absent. */
  ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  /** Whether what is written over or deleted stays as a version; absent in a bucket that never had any. */
  versioning?: 'Enabled' | 'Suspended';
  readonly objects: Record<string, StoredObject>;
  /** Versions that newer ones have replaced, and delete markers, oldest first. */
  past?: PastVersion[];
  /** Multipart uploads that were begun, in the order of their beginning. */
  uploads?: Upload[];
}

/** A version that is not the newest of its key, or a marker, which may be. */
export interface PastVersion {
  readonly key: string;
  readonly versionId: string;
  readonly modified: number;
  /** Absent for a delete marker. */
  readonly object?: StoredObject;
}

export interface Upload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiated: number;
}

export interface StoredObject {
  /** Base64, so that the world stays plain data. */
  readonly content: string;
  readonly contentType: string;
  readonly modified: number;
  /** Absent for what was written without versioning, which S3 calls `null`. */
  readonly versionId?: string;
  /** Until when an object lock keeps this version from being deleted. */
  readonly lockedUntil?: number;
  /** When an object of this key was first written; absent when that is `modified`. */
  readonly first?: number;
  /** What is found in its place once it has been read, each after one more read, in base64. */
  readonly later?: readonly string[];
}
