package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** The steps of an upload in parts. */
abstract class MultipartFixture extends SimulatorFixture {
  /** As small as a part may be that is not the last. */
  static final String BIG = "0123456789".repeat(10 * 1024);

  String initiate(String key, Map<String, String> headers) throws IOException {
    Response response = client.send("POST", key, "uploads", headers, null);
    assertThat(response.body()).contains("<InitiateMultipartUploadResult>", "<Bucket>logs</Bucket>");
    return response.texts("UploadId").get(0);
  }

  Response part(String key, String id, int number, String body) throws IOException {
    return client.send("PUT", key, "partNumber=" + number + "&uploadId=" + id, Map.of(), body);
  }

  Response copy(String id, int number, Map<String, String> headers) throws IOException {
    return client.send("PUT", "k", "partNumber=" + number + "&uploadId=" + id, headers, "");
  }

  Response complete(String key, String id, String body, Map<String, String> headers) throws IOException {
    return client.send("POST", key, "uploadId=" + id, headers, body);
  }

  /** The body of a completion: numbers and ETags in turn. */
  static String list(String... numbersAndEtags) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompleteMultipartUpload>\n");
    for (int i = 0; i < numbersAndEtags.length; i += 2) {
      xml.append("<Part><PartNumber>").append(numbersAndEtags[i]).append("</PartNumber>");
      xml.append("<ETag>").append(numbersAndEtags[i + 1].replace("\"", "&quot;")).append("</ETag></Part>\n");
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  static byte[] md5(byte[] bytes) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("MD5").digest(bytes);
  }
}
