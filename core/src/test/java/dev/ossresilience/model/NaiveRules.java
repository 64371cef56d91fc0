package dev.ossresilience.model;

import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.model.Schedule.Told;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What other clients do when an append fails. They run here to show that the model can tell right from wrong. */
enum NaiveRules {
  /** After a conflict take the next position from it and send the bytes there. */
  RESEND_AT_NEXT_POSITION,
  /** After a conflict believe that the bytes are ours if the object has the right length, else append at its end. */
  TRUST_THE_LENGTH,
  /** After whatever failure append at the object's end as it is now. */
  BLIND_RESEND;

  /** An append by this rule. */
  Schedule.Writer writer(ModelServer server) {
    return sending -> {
      Told told = append(server, sending);
      sending.violation = ""; // they know of no deadline, and send a body as often as they like: only what they store and claim is judged
      return told;
    };
  }

  private Told append(ModelServer server, Sending sending) {
    sending.cost += Trouble.HARD; // nobody expects these to find out what happened
    long position = sending.position;
    for (int attempt = 0; attempt < 8 && !sending.cancelled && !sending.interrupted; attempt++) {
      ModelServer.Response response = send(server, sending, position);
      Long end = response == null ? null : ServerNumbers.position(response.header("x-oss-next-append-position"));
      if (response != null && response.isSuccessful() && end != null) {
        return Told.stored(end);
      }
      long now = end != null ? end : server.object().length();
      boolean conflict = response != null && response.status() == 409;
      if (conflict && this == TRUST_THE_LENGTH && now == position + sending.record.length) {
        return Told.stored(now);
      }
      position = conflict || this == BLIND_RESEND ? now : position;
    }
    return Told.UNKNOWN;
  }

  private static ModelServer.@Nullable Response send(ModelServer server, Sending sending, long position) {
    try {
      return server.send(new ModelServer.Request(sending, "POST", "append&position=" + position, server.trueHeaders(), sending.record));
    } catch (IOException e) {
      Thread.interrupted(); // these rules don't care
      return null; // what became of it is anybody's guess
    }
  }
}
