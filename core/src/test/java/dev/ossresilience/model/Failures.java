package dev.ossresilience.model;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** What a client throws, without stack traces: nobody reads a million of them, and they cost more than the rest of a schedule. */
final class Failures {
  private Failures() {}

  static final class Refused extends ConnectException {
    private static final long serialVersionUID = 1L;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  static final class Reset extends SocketException {
    private static final long serialVersionUID = 1L;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  static final class TimedOut extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  static final class Interrupted extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
