package dev.ossresilience.model;

import dev.ossresilience.append.ServerNumbers;
import java.io.IOException;
import java.util.Map;

/** What other clients do when an append is answered by a conflict. They run here to show that the model can tell right from wrong. */
enum NaiveRules {
  /** Take the next position from the conflict and send the bytes there. */
  RESEND_AT_NEXT_POSITION {
    @Override
    boolean onConflict(ModelServer server, Call call, long end) {
      call.position = end;
      return false;
    }
  },
  /** Believe that the bytes are ours if the object has the right length. */
  TRUST_THE_LENGTH {
    @Override
    boolean onConflict(ModelServer server, Call call, long end) {
      if (end == call.position + call.body.length) {
        return true;
      }
      call.position = end;
      return false;
    }
  };

  /** One append under way. */
  static final class Call {
    long position;
    final byte[] body;

    Call(long position, byte[] body) {
      this.position = position;
      this.body = body;
    }
  }

  /** True if the rule calls the append a success. */
  abstract boolean onConflict(ModelServer server, Call call, long end);

  /** Appends by this rule; true if it claims success. */
  boolean append(ModelServer server, Call call) {
    for (int attempt = 0; attempt < 8; attempt++) {
      try {
        Map<String, String> headers = Map.of("x-oss-date", server.timestamp());
        ModelServer.Response response = server.send(new ModelServer.Request("POST", "append&position=" + call.position, headers, call.body));
        Long end = ServerNumbers.position(response.header("x-oss-next-append-position"));
        if (response.isSuccessful() && end != null) {
          return true;
        }
        if (response.status() == 409 && onConflict(server, call, end != null ? end : server.object.length())) {
          return true;
        }
      } catch (IOException e) {
        // What became of it is anybody's guess: these rules just try again.
      }
    }
    return false;
  }
}
