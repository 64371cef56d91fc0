package dev.ossresilience.error;

/** What a limit of OSS counts, and so what has to slow down. */
public enum ThrottleScope {
  /** Bytes written, per account and region. */
  UPLOAD,
  /** Bytes read, per account and region. */
  DOWNLOAD,
  /** Requests about the service, buckets, CORS and live channels, per account. */
  META,
  /** All requests, per account and region. */
  TOTAL,
  /** Requests to one partition of a bucket's keys: a hot prefix. */
  PARTITION,
  /** Requests under way at a time. */
  CONCURRENCY,
  /** Image processing. */
  IMAGE
}
