package dev.ossresilience.testkit.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ServerSocketFactory;

/** Makes server sockets whose connections are {@link Connection}s. */
final class LoopbackSockets extends ServerSocketFactory {
  private final Admission admission;

  LoopbackSockets(Admission admission) {
    this.admission = admission;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      /** Always true: otherwise the dying connections of one server keep the next one, on the same port, from starting. */
      @Override
      public void setReuseAddress(boolean on) throws SocketException {
        super.setReuseAddress(true);
      }

      @Override
      public Socket accept() throws IOException {
        Connection connection = accepted();
        while (admission.refusesConnection()) {
          connection.reset();
          connection = accepted();
        }
        // The server library flushes head and body apart; with Nagle's algorithm and delayed acknowledgements each answer takes 44 ms.
        connection.setTcpNoDelay(true);
        return connection;
      }

      private Connection accepted() throws IOException {
        Connection connection = new Connection(admission);
        implAccept(connection);
        return connection;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("bind it yourself");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException("bind it yourself");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException("bind it yourself");
  }
}
