package dev.ossresilience.append;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.http.ResponseHead;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last length and CRC64 that OSS reported for the objects appended to lately, so that the next doubtful append can
 * be verified by one HEAD. Bounded; thread-safe. A hint only: another process may have replaced the object since.
 */
public final class PrefixCrcs {
  /** About 200 KB at most; a process that appends to more objects at a time verifies some by reading back. */
  private static final int MAX_OBJECTS = 1024;

  private record Prefix(long length, long crc) {}

  private final Map<Target, Prefix> prefixes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Target, Prefix> eldest) {
          return size() > MAX_OBJECTS;
        }
      };

  /** Notes what an append's response said. */
  public synchronized void remember(Target target, long length, long crc) {
    prefixes.put(target, new Prefix(length, crc));
  }

  /** Notes what an answer to HEAD said, if it is about an object that can be appended to and says enough. */
  public void remember(Target target, ResponseHead head) {
    Long length = ServerNumbers.nextPosition(head);
    Long crc = ServerNumbers.crc(head.header("x-oss-hash-crc64ecma"));
    if (length != null && crc != null && "Appendable".equals(head.header("x-oss-object-type"))) {
      remember(target, length, crc);
    }
  }

  /** Drops what is known of an object that isn't what it was. */
  public synchronized void forget(Target target) {
    prefixes.remove(target);
  }

  /** The CRC64 of the object's first {@code length} bytes, or null if that is not known. */
  public synchronized @Nullable Long crcOf(Target target, long length) {
    Prefix known = prefixes.get(target);
    return known != null && known.length() == length ? known.crc() : null;
  }
}
