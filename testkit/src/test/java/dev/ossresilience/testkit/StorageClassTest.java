package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object is of its bucket's class unless its writer names another. */
class StorageClassTest extends SimulatorFixture {
  @BeforeEach
  void aBucketForRareReads() throws IOException {
    String body = "<CreateBucketConfiguration><StorageClass> IA </StorageClass></CreateBucketConfiguration>";
    assertThat(client.send("PUT", "rare", "", "", Map.of(), body).status()).isEqualTo(200);
  }

  @Test
  void objectsHaveTheClassOfTheirBucket() throws IOException {
    send("PUT", "put", "", Map.of());
    send("POST", "append", "append&position=0", Map.of());
    send("PUT", "copy", "", Map.of("x-oss-copy-source", "/rare/put", "x-oss-metadata-directive", "copy"));
    send("PUT", "link", "symlink", Map.of("x-oss-symlink-target", "put"));
    String id = send("POST", "parts", "uploads", Map.of()).texts("UploadId").get(0);
    send("PUT", "parts", "partNumber=1&uploadId=" + id, Map.of());
    send("POST", "parts", "uploadId=" + id, Map.of("x-oss-complete-all", "yes"));
    oss.append("rare", "foreign", bytes("x"));
    for (String key : new String[] {"put", "append", "copy", "link", "parts", "foreign"}) {
      assertThat(head(key)).as(key).isEqualTo("IA");
    }
  }

  @Test
  void anotherClassIsThatOfTheObjectAlone() throws IOException {
    send("PUT", "k", "", Map.of("x-oss-storage-class", "Standard"));
    send("PUT", "k", "acl", Map.of("x-oss-object-acl", "public-read"));
    assertThat(head("k")).as("an ACL changes nothing else").isEqualTo("Standard");
  }

  @Test
  void theStatisticsAreByClass() throws IOException {
    client.send("PUT", "rare", "a", "", Map.of(), "12345");
    client.send("PUT", "rare", "b", "", Map.of("x-oss-storage-class", "Standard"), "12");
    assertThat(client.send("GET", "rare", "", "stat", Map.of(), null).body())
        .contains("<Storage>7<", "<ObjectCount>2<", "<StandardStorage>2<", "<StandardObjectCount>1<")
        .contains("<InfrequentAccessStorage>5<", "<InfrequentAccessObjectCount>1<", "<ArchiveStorage>0<");
  }

  private Response send(String method, String key, String query, Map<String, String> headers) throws IOException {
    Response response = client.send(method, "rare", key, query, headers, "");
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response;
  }

  private String head(String key) throws IOException {
    return client.send("HEAD", "rare", key, "", Map.of(), null).header("x-oss-storage-class");
  }
}
