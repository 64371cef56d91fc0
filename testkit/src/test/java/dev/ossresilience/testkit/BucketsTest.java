package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the service and of buckets as such. */
class BucketsTest extends SimulatorFixture {
  private static final String IA = "<CreateBucketConfiguration><StorageClass>IA</StorageClass></CreateBucketConfiguration>";

  @Test
  void aBucketIsMadeDescribedAndDeleted() throws IOException {
    time.advance(Duration.ofHours(1));
    Response put = client.send("PUT", "new-bucket", "", "", Map.of("x-oss-acl", "public-read"), IA);
    assertThat(put.status()).isEqualTo(200);
    Response info = client.bucket("GET", "new-bucket", "bucketInfo", null);
    assertThat(info.header("content-type")).isEqualTo("application/xml");
    assertThat(info.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<BucketInfo>\n  <Bucket>\n")
        .contains("<Name>new-bucket</Name>", "<StorageClass>IA</StorageClass>", "<DataRedundancyType>LRS</DataRedundancyType>")
        .contains("<Location>oss-cn-hangzhou</Location>", "<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>")
        .contains("<IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>")
        .contains("<Grant>public-read</Grant>", "<CreationDate>" + time.wallTime().toString().substring(0, 19) + ".")
        .doesNotContain("<Versioning>");
    assertThat(client.bucket("GET", "new-bucket", "location", null).texts("LocationConstraint")).containsExactly("oss-cn-hangzhou");
    assertThat(client.bucket("DELETE", "new-bucket", "", null).status()).isEqualTo(204);
    assertThat(client.bucket("GET", "new-bucket", "bucketInfo", null).texts("Code")).containsExactly("NoSuchBucket");
    assertThat(client.bucket("DELETE", "new-bucket", "", null).status()).isEqualTo(404);
  }

  @Test
  void makingABucketAgainIsFineUnlessItWouldBeAnother() throws IOException {
    assertThat(client.bucket("PUT", "twice", "", null).status()).isEqualTo(200);
    assertThat(client.send("PUT", "twice", "k", "", Map.of(), "x").status()).isEqualTo(200);
    assertThat(client.bucket("PUT", "twice", "", null).status()).isEqualTo(200);
    assertThat(client.send("GET", "twice", "k", "", Map.of(), null).body()).as("it is the old one").isEqualTo("x");
    Response other = client.bucket("PUT", "twice", "", IA);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body()).contains("<Code>BucketAlreadyExists</Code>", "<EC>0015-00000104</EC>");
    assertThat(client.bucket("GET", "twice", "bucketInfo", null).texts("StorageClass")).containsExactly("Standard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "-ab", "ab-", "aBc", "a_b", "a.b", "0123456789012345678901234567890123456789012345678901234567890123"})
  void aNameThatIsNotABucketsIsRefused(String name) throws IOException {
    Response put = client.bucket("PUT", name, "", null);
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.body()).contains("<Code>InvalidBucketName</Code>", "<BucketName>" + name + "</BucketName>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-9", "abc", "012345678901234567890123456789012345678901234567890123456789012"})
  void aNameThatIsJustABucketsIsTaken(String name) throws IOException {
    assertThat(client.bucket("PUT", name, "", null).status()).isEqualTo(200);
  }

  @Test
  void aBucketIsNotMadeOfWhatIsNotUnderstood() throws IOException {
    assertThat(client.bucket("PUT", "abc", "", "<CreateBucketConfiguration>").texts("Code")).containsExactly("MalformedXML");
    assertThat(client.bucket("PUT", "abc", "", "<Other/>").texts("Code")).containsExactly("MalformedXML");
    assertThat(client.bucket("PUT", "abc", "", IA.replace("IA", "Ice")).texts("ArgumentValue")).containsExactly("Ice");
    assertThat(client.bucket("PUT", "abc", "", IA.replace("StorageClass", "Colour")).status()).isEqualTo(501);
    assertThat(client.send("PUT", "abc", "", "", Map.of("x-oss-bucket-hns", "1"), null).status()).isEqualTo(501);
    assertThat(client.send("PUT", "abc", "", "", Map.of("content-md5", "wrong"), IA).texts("Code")).containsExactly("InvalidDigest");
    client.disconnect();
    assertThat(client.bucket("GET", "abc", "bucketInfo", null).status()).isEqualTo(404);
  }

  @Test
  void bucketsAreListedByNameAndPage() throws IOException {
    for (String name : new String[] {"b-2", "a-1", "b-1", "b-3"}) {
      client.bucket("PUT", name, "", null);
    }
    Response all = client.bucket("GET", "", "", null);
    assertThat(all.texts("Name")).containsExactly("a-1", "b-1", "b-2", "b-3", "logs");
    assertThat(all.texts("IsTruncated")).containsExactly("false");
    assertThat(all.body()).contains("<ListAllMyBucketsResult>", "<Owner>\n    <ID>", "<Region>cn-hangzhou</Region>");
    Response first = client.bucket("GET", "", "prefix=b-&max-keys=2", null);
    assertThat(first.texts("Name")).containsExactly("b-1", "b-2");
    assertThat(first.texts("IsTruncated")).containsExactly("true");
    assertThat(first.texts("NextMarker")).containsExactly("b-2");
    Response rest = client.bucket("GET", "", "prefix=b-&max-keys=2&marker=b-2", null);
    assertThat(rest.texts("Name")).containsExactly("b-3");
    assertThat(rest.texts("IsTruncated")).containsExactly("false");
    assertThat(client.bucket("GET", "", "max-keys=1001", null).body()).contains("InvalidArgument", "<EC>0017-00000289</EC>");
  }

  @Test
  void theAclIsWhatWasPut() throws IOException {
    assertThat(client.bucket("GET", "logs", "acl", null).texts("Grant")).containsExactly("private");
    assertThat(client.send("PUT", "", "acl", Map.of("x-oss-acl", "public-read-write"), null).status()).isEqualTo(200);
    assertThat(client.bucket("GET", "logs", "acl", null).texts("Grant")).containsExactly("public-read-write");
    Response wrong = client.send("PUT", "", "acl", Map.of("x-oss-acl", "default"), null);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("<Code>InvalidArgument</Code>", "<ArgumentName>x-oss-acl</ArgumentName>");
    assertThat(client.bucket("PUT", "logs", "acl", null).status()).as("none").isEqualTo(400);
    assertThat(client.bucket("GET", "logs", "acl", null).texts("Grant")).containsExactly("public-read-write");
  }

  @Test
  void versioningIsNotSpokenOfUntilItIsEnabled() throws IOException {
    assertThat(client.bucket("GET", "logs", "versioning", null).body()).doesNotContain("Status");
    for (String status : new String[] {"Enabled", "Suspended"}) {
      assertThat(versioning(status).status()).isEqualTo(200);
      assertThat(client.bucket("GET", "logs", "versioning", null).texts("Status")).containsExactly(status);
      assertThat(client.bucket("GET", "logs", "bucketInfo", null).texts("Versioning")).containsExactly(status);
    }
    assertThat(versioning("Off").texts("Code")).containsExactly("MalformedXML");
    assertThat(client.bucket("PUT", "logs", "versioning", null).texts("Code")).containsExactly("MalformedXML");
  }

  @Test
  void statCountsVersionsAndUploads() throws IOException {
    versioning("Enabled");
    client.put("a", "123");
    client.put("a", "45");
    client.delete("a");
    client.send("POST", "b", "uploads", Map.of(), null);
    Response stat = client.bucket("GET", "logs", "stat", null);
    assertThat(stat.texts("Storage")).containsExactly("5");
    assertThat(stat.texts("ObjectCount")).containsExactly("2");
    assertThat(stat.texts("DeleteMarkerCount")).containsExactly("1");
    assertThat(stat.texts("MultipartUploadCount")).containsExactly("1");
    assertThat(stat.texts("LastModifiedTime")).containsExactly(Long.toString(time.wallTime().getEpochSecond()));
  }

  @Test
  void aBucketWithAnythingInItIsNotDeleted() throws IOException {
    client.put("k", "x");
    Response full = client.bucket("DELETE", "logs", "", null);
    assertThat(full.status()).isEqualTo(409);
    assertThat(full.body()).contains("<Code>BucketNotEmpty</Code>", "<BucketName>logs</BucketName>", "<EC>0015-00000301</EC>");
    client.delete("k");
    String id = client.send("POST", "k", "uploads", Map.of(), null).texts("UploadId").get(0);
    assertThat(client.bucket("DELETE", "logs", "", null).status()).as("an upload").isEqualTo(409);
    client.send("DELETE", "k", "uploadId=" + id, Map.of(), null);
    versioning("Enabled");
    client.delete("k");
    assertThat(client.bucket("DELETE", "logs", "", null).status()).as("a delete marker").isEqualTo(409);
  }

  private Response versioning(String status) throws IOException {
    String body = "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
    return client.bucket("PUT", "logs", "versioning", body);
  }
}
