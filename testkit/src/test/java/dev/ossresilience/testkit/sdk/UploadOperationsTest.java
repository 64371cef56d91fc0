package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Setup.class)
class UploadOperationsTest extends SdkFixture {
  /** Bytes; the least that OSS takes for a part that is not the last one. */
  private static final int PART = 100 * 1024;

  private UploadPeer uploads() {
    return peer().uploads();
  }

  @Test
  void partsBecomeAnObject() {
    byte[] first = random(PART);
    peer().put("logs", "source +中", random(PART + 10));
    String id = uploads().start("logs", KEY);
    String one = uploads().part("logs", KEY, id, 1, first);
    String two = uploads().copyPart("logs", "source +中", 5, PART + 4, KEY, id, 2);
    String three = uploads().part("logs", KEY, id, 3, bytes("end"));
    assertThat(uploads().parts("logs", KEY, id, 2)).containsExactly((long) PART, (long) PART, 3L);
    assertThat(uploads().complete("logs", KEY, id, List.of(one, two, three))).matches("[0-9A-F]{32}-3");
    assertThat(peer().head("logs", KEY).type()).isEqualTo("Multipart");
    assertThat(peer().get("logs", KEY)).hasSize(2 * PART + 3).startsWith(first).endsWith(bytes("end"));
    assertError(() -> uploads().parts("logs", KEY, id, 2), 404, "NoSuchUpload", "0042-00000002");
  }

  @Test
  void uploadsAreListedUntilTheyAreAborted() {
    List<String> keys = List.of("a b", "a b", KEY, "é");
    List<String> ids = keys.stream().map(key -> uploads().start("logs", key)).toList();
    assertThat(uploads().uploads("logs", 1)).containsExactlyElementsOf(keys);
    for (int i = 0; i < keys.size(); i++) {
      uploads().abort("logs", keys.get(i), ids.get(i));
    }
    assertThat(uploads().uploads("logs", 1)).isEmpty();
  }

  @Test
  void aPartThatIsNotThereIsAnError() {
    String id = uploads().start("logs", KEY);
    uploads().part("logs", KEY, id, 1, bytes("x"));
    assertError(() -> uploads().complete("logs", KEY, id, List.of("other")), 400, "InvalidPart", null);
  }

  @Test
  void aFileIsUploadedAndDownloadedInParts(@TempDir Path dir) throws IOException {
    byte[] content = random(3 * PART + 17);
    Path file = Files.write(dir.resolve("up"), content);
    uploads().uploadFile("logs", KEY, file, PART);
    assertThat(oss.bytesOf("logs", KEY)).isEqualTo(content);
    assertThat(peer().head("logs", KEY).type()).isEqualTo("Multipart");
    int before = oss.requestCount();
    uploads().downloadFile("logs", KEY, dir.resolve("down"), PART);
    assertThat(dir.resolve("down")).hasBinaryContent(content);
    assertThat(oss.requestCount() - before).as("in four parts").isGreaterThanOrEqualTo(4);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
