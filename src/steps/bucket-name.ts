import * as v from 'valibot';

/** S3's rules for the name of a general purpose bucket (Amazon S3 User Guide, "Bucket naming rules"). */
export const bucketName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9.-]*$/, 'a bucket name has lower-case letters, digits, dots and hyphens only'),
  v.minLength(3, 'a bucket name has at least 3 characters'),
  v.maxLength(63, 'a bucket name has at most 63 characters'),
  v.regex(/^[a-z0-9].*[a-z0-9]$/, 'a bucket name begins and ends with a letter or digit'),
  v.regex(/^(?!.*\.\.)/, 'a bucket name has no two dots in a row'),
  v.regex(/^(?!.*(\.-|-\.))/, 'a bucket name has no dot beside a hyphen'),
  v.regex(/^(?!\d+\.\d+\.\d+\.\d+$)/, 'a bucket name does not look like an IP address'),
  v.regex(
    /^(?!xn--|sthree-|amzn-s3-demo-).*(?<!-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/,
    'a bucket name has none of the beginnings and endings that S3 keeps for itself (xn--, sthree-, -s3alias, …)',
  ),
);
