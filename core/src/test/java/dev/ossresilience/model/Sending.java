package dev.ossresilience.model;

import java.util.Arrays;

/** One append under way: what is sent, and what the server and the network have seen of it. */
final class Sending {
  final int id;
  final byte[] record;
  final Plan.Body body;
  final long position;
  final long startNanos;
  final long deadlineNanos;
  boolean cancelled;
  boolean interrupted;
  boolean bodyStarted;
  boolean bodyUsedUp;
  boolean clockMoved;
  boolean credentialsExpired;
  int posts;
  int probes;

  /** What the troubles so far may have cost, in attempts. */
  int cost;

  /** What must never be; empty if nothing was. */
  String violation = "";

  Sending(int id, Plan.Append append, long position, long startNanos, long totalMillis) {
    this.id = id;
    this.record = record(id, append.length());
    this.body = append.body();
    this.position = position;
    this.startNanos = startNanos;
    this.deadlineNanos = startNanos + totalMillis * 1_000_000;
  }

  /** Differs in every byte from other records and from what others write, which is negative. */
  private static byte[] record(int id, int length) {
    byte[] record = new byte[length];
    for (int i = 0; i < length; i++) {
      record[i] = (byte) (id * 20 + (i * 7) % 19);
    }
    return record;
  }

  /** Notes that a request of it is sent. */
  void sees(boolean post, Trouble trouble, long nanos) {
    if (nanos >= deadlineNanos) {
      violation = "a request was sent after the deadline";
    }
    if (cancelled || interrupted) {
      violation = "a request was sent though the caller had given up";
    }
    posts += post ? 1 : 0;
    probes += post ? 0 : 1;
    bodyStarted &= !post;
    boolean garbled = trouble == Trouble.GARBAGE_POSITION && !post; // to an answer that contradicts itself no other is preferred
    cost += garbled ? Trouble.HARD : trouble.cost;
  }

  /** Notes that its body is begun. */
  void startBody() {
    if (bodyUsedUp && !body.repeatable()) {
      violation = "a body that can be sent once was sent twice";
    }
    bodyStarted = true;
    bodyUsedUp |= record.length > 0;
  }

  /** As many bytes as asked for, none of them ours. */
  static byte[] foreign(int length, int salt) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (-1 - salt % 100));
    return bytes;
  }
}
