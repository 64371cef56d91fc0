package dev.ossresilience.testkit.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;

/** Makes server sockets whose connections are {@link Connection}s. */
public final class LoopbackSockets extends ServerSocketFactory {
  private final Consumer<Arrival> onCut;
  private final Consumer<Arrival> onAbandoned;

  /**
   * @param onCut called just before a connection is closed on a request in mid-body
   * @param onAbandoned called when a client went away before its request was complete
   */
  public LoopbackSockets(Consumer<Arrival> onCut, Consumer<Arrival> onAbandoned) {
    this.onCut = onCut;
    this.onAbandoned = onAbandoned;
  }

  public void cut(Arrival exchange) {
    onCut.accept(exchange);
  }

  public void abandoned(Arrival exchange) {
    onAbandoned.accept(exchange);
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
        Connection connection = new Connection(LoopbackSockets.this);
        implAccept(connection);
        // The server library flushes head and body apart; with Nagle's algorithm and delayed acknowledgements each answer takes 44 ms.
        connection.setTcpNoDelay(true);
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
