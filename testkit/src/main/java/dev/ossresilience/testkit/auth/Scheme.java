package dev.ossresilience.testkit.auth;

import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;

/** One way to sign a request. */
sealed interface Scheme permits V1InHeader, V1InQuery, V4InHeader, V4InQuery {
  /** Checks a request that is signed this way, in OSS's order: date, key, token, scope, signature. */
  Access check(OssRequest request, Instant now);
}
