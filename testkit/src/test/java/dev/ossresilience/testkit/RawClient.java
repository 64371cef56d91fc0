package dev.ossresilience.testkit;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection that sends signed requests byte for byte and never repeats one, as real clients do behind one's back. */
final class RawClient implements AutoCloseable {
  /** Status 0 stands for a connection that was closed without an answer; a body may be shorter than announced. */
  record Response(int status, SortedMap<String, String> headers, String body) {
    static final Response NONE = new Response(0, new TreeMap<>(), "");

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    boolean isCutShort() {
      return body.length() < Integer.parseInt(header("content-length"));
    }

    /** What stands in all elements of that name, in order. */
    List<String> texts(String element) {
      Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(body);
      return matcher.results().map(match -> match.group(1)).toList();
    }

    String errorInHeader() {
      return new String(Base64.getDecoder().decode(header("x-oss-err")), StandardCharsets.UTF_8);
    }
  }

  private final int port;
  private final Supplier<Instant> clock;
  private Credentials credentials = Credentials.of("ak", "sk");
  private String region = "cn-hangzhou";
  private int timeoutMillis;
  private Socket socket;
  private InputStream in = InputStream.nullInputStream();

  RawClient(OssSimulator oss, Supplier<Instant> clock) {
    this.port = URI.create(oss.endpoint()).getPort();
    this.clock = clock;
    this.socket = new Socket();
  }

  RawClient credentials(Credentials changed) {
    credentials = changed;
    return this;
  }

  /** Takes silence of so many milliseconds for the end of the connection. */
  RawClient timeout(int millis) {
    timeoutMillis = millis;
    return this;
  }

  RawClient region(String changed) {
    region = changed;
    return this;
  }

  Response put(String key, String body) throws IOException {
    return send("PUT", key, "", Map.of(), body);
  }

  Response get(String key, String... headers) throws IOException {
    return send("GET", key, "", headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]), null);
  }

  Response head(String key) throws IOException {
    return send("HEAD", key, "", Map.of(), null);
  }

  Response delete(String key) throws IOException {
    return send("DELETE", key, "", Map.of(), null);
  }

  Response append(String key, int position, String body) throws IOException {
    return send("POST", key, "append&position=" + position, Map.of(), body);
  }

  /** Asks a bucket; an empty one stands for the service. */
  Response bucket(String method, String bucket, String query, @Nullable String body) throws IOException {
    return send(method, bucket, "", query, Map.of(), body);
  }

  /** Signs and sends; headers given here replace those of the signer, and are dropped if empty. */
  Response send(String method, String key, String query, Map<String, String> headers, @Nullable String body) throws IOException {
    return send(method, "logs", key, query, headers, body);
  }

  Response send(String method, String bucket, String key, String query, Map<String, String> headers, @Nullable String body)
      throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    SigningRequest request = new SigningRequest(method, emptyToNull(bucket), emptyToNull(key), Query.parse(query), all);
    OssSigner signer = OssSigner.v4(region, CredentialsProvider.of(credentials));
    signer.sign(request, clock.get()).forEach((name, value) -> all.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    all.values().removeIf(String::isEmpty);
    String target = "/" + (bucket.isEmpty() ? "" : bucket + "/") + PercentEncoding.encode(key, true) + (query.isEmpty() ? "" : "?" + query);
    return exchange(method, target, all, body);
  }

  /** Sends as it is; with a Host of its own unless one is among the headers. */
  Response exchange(String method, String target, Map<String, String> headers, @Nullable String body) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!headers.containsKey("host")) {
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body != null) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    head.append("\r\n");
    connect();
    socket.setSoTimeout(timeoutMillis);
    try {
      socket.getOutputStream().write((head + (body == null ? "" : body)).getBytes(StandardCharsets.ISO_8859_1));
      return read(method);
    } catch (IOException e) {
      socket.close(); // reset: the server closed while it still had bytes to read
      return Response.NONE;
    }
  }

  /** Opens the connection, if there is none, without sending anything. */
  RawClient connect() throws IOException {
    if (!socket.isConnected() || socket.isClosed()) {
      socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    return this;
  }

  /** Whether the server has closed the connection, which it must do at once. */
  boolean isClosedByServer() throws IOException {
    try {
      return socket.isClosed() || in.read() < 0;
    } catch (SocketException e) {
      return true; // reset, since it had not read everything
    }
  }

  /** Sends bytes and waits for nothing. */
  void sendOnly(String bytes) throws IOException {
    connect();
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes and goes away. */
  void sendAndLeave(String bytes) throws IOException {
    sendOnly(bytes);
    close();
  }

  /** Closes the connection; the next request opens another one. */
  void disconnect() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Response read(String method) throws IOException {
    String status = line();
    if (status == null) {
      socket.close();
      return Response.NONE;
    }
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    int length = method.equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      socket.close();
    }
    return new Response(Integer.parseInt(status.split(" ", 3)[1]), headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  private static @Nullable String emptyToNull(String name) {
    return name.isEmpty() ? null : name;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
