package dev.ossresilience.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.crc.Crc64;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a success with what callers read from it, whether it is the server's or a recovered one. */
final class SuccessComplaints {
  private SuccessComplaints() {}

  static List<String> of(ConformanceCase.Operation operation, TestResponse response, byte @Nullable [] stored) {
    List<String> found = new ArrayList<>();
    String name = operation.name().split(" ", -1)[0];
    boolean completes = name.equals("CompleteMultipartUpload");
    if (completes || operation.name().equals("PutObject no overwrite")) {
      String etag = response.header("ETag");
      if (etag == null) {
        found.add("the success tells no ETag");
      }
      String crc = response.header("x-oss-hash-crc64ecma");
      if (stored != null && !Long.toUnsignedString(Crc64.of(stored)).equals(crc)) {
        found.add("the success tells the CRC64 " + crc + ", which is not that of the object");
      }
      String result = new String(response.body(), UTF_8);
      if (completes && !(result.contains("<Key>" + CaseRun.KEY + "</Key>") && result.contains("<ETag>" + etag + "</ETag>"))) {
        found.add("the success has no CompleteMultipartUploadResult, but: " + result);
      }
    }
    int status =
        switch (name) {
          case "AbortMultipartUpload", "DeleteBucket", "DeleteObject" -> 204;
          case "RestoreObject" -> 202;
          default -> response.status();
        };
    if (response.status() != status) {
      found.add("status: expected " + status + ", but was " + response.status());
    }
    return found;
  }
}
