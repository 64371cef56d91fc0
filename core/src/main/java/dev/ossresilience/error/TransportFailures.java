package dev.ossresilience.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Questions 1 and 2 for an attempt that ended without a response. */
public final class TransportFailures {
  private TransportFailures() {}

  /**
   * Verdict and effect of an exception.
   *
   * @param hasBody whether the request has a body of at least one byte
   * @param bodyStarted whether the client began to write that body in this attempt
   */
  public static Diagnosis diagnose(IOException failure, boolean hasBody, boolean bodyStarted) {
    boolean neverArrived = !bodyStarted && (hasBody || isConnectFailure(failure));
    return new Diagnosis(isHopeless(failure) ? Verdict.FATAL : Verdict.TRANSIENT, neverArrived ? Effect.NOT_APPLIED : Effect.UNKNOWN);
  }

  private static boolean isConnectFailure(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException;
  }

  /** Neither time nor another connection helps: the caller stopped it, the peer isn't who it should be, the request can't be sent. */
  private static boolean isHopeless(IOException failure) {
    return (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException))
        || failure instanceof SSLPeerUnverifiedException
        || (failure instanceof SSLHandshakeException && failure.getCause() instanceof CertificateException)
        || failure instanceof ProtocolException
        || failure instanceof UnknownServiceException
        || failure instanceof MalformedURLException
        || failure instanceof FileNotFoundException;
  }
}
