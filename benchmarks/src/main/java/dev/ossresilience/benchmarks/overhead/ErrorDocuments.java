package dev.ossresilience.benchmarks.overhead;

import java.nio.charset.StandardCharsets;

/** Bodies of errors as OSS sends them. */
final class ErrorDocuments {
  static final byte[] BUSY =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error>
        <Code>DownloadTrafficRateLimitExceeded</Code>
        <Message>Your current download traffic rate has exceeded the limit of your account.</Message>
        <RequestId>5C3D9175B6FC201293AD4890</RequestId>
        <HostId>benchmark-bucket.oss-cn-hangzhou.aliyuncs.com</HostId>
        <EC>0048-00000004</EC>
        <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0048-00000004</RecommendDoc>
      </Error>
      """
          .getBytes(StandardCharsets.UTF_8);

  private ErrorDocuments() {}
}
