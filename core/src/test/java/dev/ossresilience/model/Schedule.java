package dev.ossresilience.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The appends of one plan, one after the other against one misbehaving server, and the judgement of what came of them. */
final class Schedule {
  /** How the caller was told that an append ended. */
  enum Claim {
    STORED,
    NOT_STORED,
    UNKNOWN
  }

  /**
   * What the caller was told.
   *
   * @param end the next position with {@code STORED}, else -1
   */
  record Told(Claim claim, long end) {
    static final Told NOT_STORED = new Told(Claim.NOT_STORED, -1);
    static final Told UNKNOWN = new Told(Claim.UNKNOWN, -1);

    static Told stored(long end) {
      return new Told(Claim.STORED, end);
    }
  }

  /** Somebody who appends: the core, or one of the rules that others use. */
  interface Writer {
    Told append(Sending sending);
  }

  /** Makes a writer for a server. */
  interface WriterFactory {
    Writer writer(ModelServer server, Plan plan, @Nullable StringBuilder trace);
  }

  /** What is known of an append once its caller was told. */
  private record Done(Sending sending, Told told, int generation, long elapsedMillis) {}

  private final Plan plan;
  private final ModelServer server;
  private final Writer writer;
  private final List<Done> done = new ArrayList<>();

  private Schedule(Plan plan, WriterFactory writers, @Nullable StringBuilder trace) {
    this.plan = plan;
    this.server = new ModelServer(plan, trace);
    this.writer = writers.writer(server, plan, trace);
  }

  /** Makes all appends and lets everything still under way arrive. */
  static Schedule run(Plan plan, WriterFactory writers, @Nullable StringBuilder trace) {
    Schedule schedule = new Schedule(plan, writers, trace);
    long position = plan.setup().base();
    for (Plan.Append append : plan.appends()) {
      int id = schedule.done.size() + 1;
      Sending sending = new Sending(id, append, position + append.positionError(), schedule.server.nanoTime(), plan.setup().totalMillis());
      ModelObject object = schedule.server.object();
      if (sending.position > object.length() || !object.appendable) {
        sending.cost += Trouble.HARD; // nobody can tell such an object from one that was replaced meanwhile, or from an old answer
      }
      Told told = schedule.writer.append(sending);
      if (trace != null) {
        trace.append("  record ").append(id).append(" is told to be ").append(told).append('\n');
      }
      long elapsed = (schedule.server.nanoTime() - sending.startNanos) / 1_000_000;
      schedule.done.add(new Done(sending, told, schedule.server.object().generation, elapsed));
      // A caller that doesn't know the end asks.
      position = told.claim() == Claim.STORED ? told.end() : schedule.server.object().length();
    }
    schedule.server.settle();
    return schedule;
  }

  /** How many appends ended that way. */
  int count(Claim claim) {
    int count = 0;
    for (Done one : done) {
      count += one.told().claim() == claim ? 1 : 0;
    }
    return count;
  }

  /** What is wrong, in words; empty if nothing is. */
  String verdict() {
    for (Done one : done) {
      String wrong = verdict(one);
      if (!wrong.isEmpty()) {
        return "record " + one.sending().id + ", " + one.told() + ": " + wrong;
      }
    }
    return "";
  }

  private String verdict(Done one) {
    Sending sending = one.sending();
    if (!sending.violation.isEmpty()) {
      return sending.violation;
    }
    return sending.record.length == 0 ? ofNothing(one) : ofBytes(one);
  }

  /** Nothing can't be stored twice, so there is nothing to be in doubt of, if one knows that it is nothing. */
  private static String ofNothing(Done one) {
    boolean known = one.sending().body.lengthKnown();
    return one.told().claim() == Claim.UNKNOWN && known ? "an append of nothing is reported as unknown" : "";
  }

  private String ofBytes(Done one) {
    int all = 0;
    int sinceToldOrLater = 0;
    boolean asTold = false;
    for (ModelObject object : server.objects) {
      int times = 0;
      for (ModelObject.Piece piece : object.pieces) {
        if (piece.owner() == one.sending().id) {
          times++;
          asTold |= piece.start() + piece.bytes().length == one.told().end();
        }
      }
      if (times > 1) {
        return "the server accepted it " + times + " times for one object";
      }
      all += times;
      sinceToldOrLater += object.generation >= one.generation() ? times : 0;
    }
    if (one.told().claim() == Claim.STORED && !asTold) {
      return "the server accepted it " + all + " times, and not to end there";
    }
    if (one.told().claim() == Claim.NOT_STORED && sinceToldOrLater > 0) {
      return "it is stored";
    }
    return mayBeLearnt(one) ? ofTheLearnable(one) : "";
  }

  /** Whether nothing stood in the way of finding out, and of storing it: too few troubles to use up the attempts, and none that is final. */
  private boolean mayBeLearnt(Done one) {
    Plan.Setup setup = plan.setup();
    Sending sending = one.sending();
    boolean troubled = sending.cost >= setup.maxAttempts();
    boolean hasty = one.elapsedMillis() + 20_000 >= setup.totalMillis(); // no wait is longer than that
    return !troubled && !hasty && sending.body.repeatable() && sending.record.length <= setup.maxVerifyBytes();
  }

  private String ofTheLearnable(Done one) {
    if (one.told().claim() == Claim.UNKNOWN) {
      return "it could be learnt whether it is stored";
    }
    boolean wanted = plan.setup().followEnd() && server.object().appendable;
    return wanted && one.told().claim() != Claim.STORED ? "it could have been stored" : "";
  }
}
