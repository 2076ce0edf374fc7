/**
 * Whether a bucket may be called so: Amazon S3 User Guide, "General purpose bucket naming rules". What the rules reserve are
 * other things that answer under a bucket's address: aliases of access points, code in front of objects, table and directory
 * buckets.
 */
export const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !/\.\.|-\.|\.-/.test(name) &&
  !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
  !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
  !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
