package dev.ossresilience.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** What is logged on this thread until it is closed, by loggers of a level. */
public final class LogRecording implements AutoCloseable {
  private static final ThreadLocal<LogRecording> CURRENT = new ThreadLocal<>();

  private final Level least;
  private final List<String> lines = new ArrayList<>();

  private LogRecording(Level least) {
    this.least = least;
  }

  /** Begins. */
  public static LogRecording at(Level least) {
    LogRecording recording = new LogRecording(least);
    CURRENT.set(recording);
    return recording;
  }

  static boolean wants(Level level) {
    LogRecording current = CURRENT.get();
    return current != null && level.toInt() >= current.least.toInt();
  }

  static void add(Level level, String line, @Nullable Throwable thrown) {
    LogRecording current = CURRENT.get();
    if (current != null) {
      current.lines.add(level + " " + line + (thrown == null ? "" : " " + thrown));
    }
  }

  /** Each with its level before it. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    CURRENT.remove();
  }
}
