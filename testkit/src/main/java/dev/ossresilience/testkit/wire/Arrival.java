package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that is still arriving. The server library shows a request only when all of it is there, but a body can be cut off in
 * its middle only before; so this listens in on the bytes of the head. Used by the connection's own thread alone.
 */
public final class Arrival {
  /** More than any client's head has; a longer one is not listened to any further. */
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private @Nullable String head;
  private @Nullable Fault fault;
  private boolean cut;

  /** Takes note of bytes that came in; those of the body are not kept. */
  public void received(byte[] bytes, int offset, int length) {
    if (head == null) {
      read.write(bytes, offset, length);
      String text = read.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0 || text.length() > MAX_HEAD_BYTES) {
        head = end >= 0 ? text.substring(0, end) : text;
        read.reset();
      }
    }
  }

  /** The fault of this request, drawn when somebody first asks. */
  public Fault fault(Supplier<Fault> draw) {
    if (fault == null) {
      fault = draw.get();
    }
    return fault;
  }

  /** Whether closing the connection now means that {@link Fault#dropMidBody} strikes; true only once. */
  public boolean cutNow() {
    boolean now = !cut && Fault.dropMidBody().equals(fault);
    cut |= now;
    return now;
  }

  /** Whether it was cut off in the middle. */
  public boolean isCut() {
    return cut;
  }

  /** Whether this is a GET or HEAD with a body, which the server library can't digest. */
  public boolean hasUnreadableBody() {
    String first = lines()[0];
    return (first.startsWith("GET ") || first.startsWith("HEAD ")) && (contentLength() > 0 || headers().containsKey("transfer-encoding"));
  }

  public boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(headers().get("expect"));
  }

  /** What there is to say of a request that never arrived in full. */
  public ReceivedRequest unfinished() {
    String[] words = lines()[0].split(" ", 3);
    return new ReceivedRequest(words[0], words.length > 1 ? words[1] : "", headers(), cut ? contentLength() / 2 : 0, 0, cut ? fault : null);
  }

  private long contentLength() {
    String length = headers().getOrDefault("content-length", "0").trim();
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    String[] lines = lines();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private String[] lines() {
    String text = head == null ? read.toString(StandardCharsets.ISO_8859_1) : head;
    return text.split("\r\n", -1);
  }
}
