package dev.ossresilience.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

final class RecordingLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  RecordingLogger(String name) {
    this.name = name;
  }

  @Override
  protected void handleNormalizedLoggingCall(Level level, Marker marker, String message, Object @Nullable [] arguments, @Nullable Throwable thrown) {
    LogRecording.add(level, MessageFormatter.basicArrayFormat(message, arguments), thrown);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return LogRecording.wants(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return LogRecording.wants(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return LogRecording.wants(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return LogRecording.wants(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return LogRecording.wants(Level.ERROR);
  }
}
