package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.answer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import okio.Buffer;

/** The answer to a request that the server library never sees, after which the connection ends. */
record LastAnswer(Answer answer) {
  /** How long a client may be silent before its end of the connection is not waited for any more. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  /** How long a client may go on sending what nobody wants: gigabytes, on the loopback interface. */
  private static final Duration LONGEST_BODY = Duration.ofSeconds(30);

  private static final int READ_BYTES = 8 * 1024;
  private static final String LINE_BREAK = "\r\n";

  /** Writes it, waits until the client has had a chance to read it, and closes. */
  void send(Connection connection, InputStream raw) throws IOException {
    connection.getOutputStream().write(bytes());
    connection.shutdownOutput();
    drain(connection, raw);
    connection.close();
  }

  /** Writes it and closes, whatever the client is still writing: that meets a reset, with the answer waiting for it. */
  void sendAndLeave(Connection connection) throws IOException {
    connection.getOutputStream().write(bytes());
    connection.close();
  }

  /** Bytes left unread make a reset of the end, by which a client that is still writing would lose the answer. */
  private static void drain(Connection connection, InputStream raw) {
    byte[] scrap = new byte[READ_BYTES];
    long end = System.nanoTime() + LONGEST_BODY.toNanos();
    try {
      connection.setSoTimeout((int) LONGEST_SILENCE.toMillis());
      while (System.nanoTime() - end < 0 && raw.read(scrap) >= 0) {
        // nobody's business
      }
    } catch (IOException e) {
      // the client is gone or silent, or the server is being stopped
    }
  }

  private byte[] bytes() {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + (answer.status() == 400 ? " Bad Request" : " ")).append(LINE_BREAK);
    head.append("Connection: close").append(LINE_BREAK);
    answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append(LINE_BREAK));
    return new Buffer().writeUtf8(head.append(LINE_BREAK).toString()).write(answer.body()).readByteArray();
  }
}
