package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Restoration;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.time.Instant;
import java.util.List;
import okio.ByteString;

/** RestoreObject: makes a readable copy of an archived object. */
final class Restores {
  /** Days; what OSS takes for the class that takes the most. */
  private static final int MAX_DAYS = 365;

  private static final int MALFORMED = -1;

  private final ServerClock clock;
  private final Lookup lookup;

  Restores(Store store, ServerClock clock) {
    this.clock = clock;
    this.lookup = new Lookup(store);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("RestoreObject", "POST", Level.OBJECT, request -> lookup.with(request, object -> restore(request, object)))
            .with("restore")
            .maybe("versionId"));
  }

  private Outcome restore(OssRequest request, StoredObject object) {
    Instant now = clock.now();
    Restoration last = object.restoration();
    int days = days(request.body());
    if (days == MALFORMED) {
      return Failure.of("MalformedXML");
    }
    if (!object.isArchived()) {
      return Failure.of("OperationNotSupported");
    }
    if (last != null && last.isOngoing(now)) {
      return Failure.of("RestoreAlreadyInProgress");
    }
    if (last != null && last.isReadable(now)) {
      object.restoration(last.extended(now, days));
      return Answer.of(200);
    }
    object.restoration(Restoration.start(now, days));
    return Answer.of(202);
  }

  /** The answer to a read, with what there is to say of the object's restoration. */
  static Answer told(Answer answer, StoredObject object, Instant now) {
    Restoration restoration = object.restoration();
    if (restoration == null || !(restoration.isOngoing(now) || restoration.isReadable(now))) {
      return answer;
    }
    String expiry = "ongoing-request=\"false\", expiry-date=\"" + HttpDates.format(restoration.expiry()) + '"';
    return answer.with("x-oss-restore", restoration.isOngoing(now) ? "ongoing-request=\"true\"" : expiry);
  }

  /** For how many days: one if nothing is said. How fast, the {@code JobParameters}, is all the same here. */
  private static int days(ByteString body) {
    if (body.size() == 0) {
      return 1;
    }
    XmlElement root = XmlElement.parse(body);
    String days = root == null || !root.name().equals("RestoreRequest") ? null : root.childWord("Days");
    boolean valid = days != null && days.matches("\\d{1,3}") && Integer.parseInt(days) >= 1 && Integer.parseInt(days) <= MAX_DAYS;
    return valid && days != null ? Integer.parseInt(days) : MALFORMED;
  }
}
