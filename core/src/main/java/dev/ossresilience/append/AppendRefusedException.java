package dev.ossresilience.append;

import dev.ossresilience.error.OssError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OSS refused an append: nothing of it is stored. */
public final class AppendRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable OssError error;
  private final @Nullable Long nextPosition;

  AppendRefusedException(String object, long position, OssError error, @Nullable Long nextPosition) {
    super("an append at position " + position + " of " + object + " was refused and is not stored: " + error + "; " + error.solution());
    this.error = error;
    this.nextPosition = nextPosition;
  }

  private AppendRefusedException(String message) {
    super(message);
    this.error = null;
    this.nextPosition = null;
  }

  static AppendRefusedException notAppendable(String object) {
    return new AppendRefusedException(object + " exists and can't be appended to: it was put as a whole; choose another key");
  }

  /** What OSS said; null if the object exists and can't be appended to, or after deserialisation. */
  public @Nullable OssError error() {
    return error;
  }

  /** Where the object ends, if OSS told: with {@code AppendPolicy.exactPosition()} what another writer's conflict is answered with. */
  public @Nullable Long nextPosition() {
    return nextPosition;
  }
}
