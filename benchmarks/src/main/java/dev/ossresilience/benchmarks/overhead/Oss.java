package dev.ossresilience.benchmarks.overhead;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;

/** What all benchmarks talk to, and how. */
final class Oss {
  static final String REGION = "cn-hangzhou";
  static final String BUCKET = "benchmark-bucket";
  static final String KEY = "logs/2026/11/28/app-0001.log";
  static final String HOST = BUCKET + ".oss-cn-hangzhou.aliyuncs.com";
  static final String URL = "https://" + HOST + "/" + KEY;
  static final String REQUEST_ID = "5C3D9175B6FC201293AD4890";

  /** Made up, but as long as real ones. */
  static final String ACCESS_KEY_ID = "LTAI5tBenchmarkBenchmark";

  static final String ACCESS_KEY_SECRET = "BenchmarkBenchmarkBenchmarkBen";

  private Oss() {}

  /** Ours with its defaults, unsigned. */
  static OssResilience defaults() {
    return builder().build();
  }

  /** The same, signing each attempt with V4. */
  static OssResilience signing() {
    return builder().signer(OssSigner.v4(REGION, credentials())).build();
  }

  static CredentialsProvider credentials() {
    return CredentialsProvider.of(Credentials.of(ACCESS_KEY_ID, ACCESS_KEY_SECRET));
  }

  private static OssResilience.Builder builder() {
    return OssResilience.builder().endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"));
  }
}
