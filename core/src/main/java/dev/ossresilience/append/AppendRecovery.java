package dev.ossresilience.append;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.policy.AppendPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one append: where it goes, whether an attempt may already be stored, and what the server's answers prove.
 *
 * <p>The position is the idempotency token: OSS accepts an append only at the object's exact end, so sending the same bytes to the
 * same position again can't store them twice. Success after a doubt is believed only when length <em>and</em> CRC64 agree, either
 * of the whole object (with the prefix's CRC known) or of the bytes read back from our position.
 */
public final class AppendRecovery {
  private final Target target;
  private final AppendPolicy policy;
  private final PrefixCrcs prefixes;
  private long position;
  private long length;
  private @Nullable Long bodyCrc;
  private boolean replaced;
  private boolean inDoubt;
  private boolean conflictUnexplained;
  private @Nullable Long conflictEnd;
  private int moves;

  /**
   * Starts with nothing sent.
   *
   * @param length of the body, -1 if it is not known in advance
   */
  public AppendRecovery(Target target, long position, long length, AppendPolicy policy, PrefixCrcs prefixes) {
    this.target = target;
    this.position = position;
    this.length = length;
    this.policy = policy;
    this.prefixes = prefixes;
  }

  /** Where the next attempt appends. */
  public long position() {
    return position;
  }

  /** How often the append has moved from where the caller wanted it. */
  public int moves() {
    return moves;
  }

  /** The length of the body in bytes, -1 if not known yet. */
  public long length() {
    return length;
  }

  /** How many bytes an attempt has stored if it was, -1 if that isn't known. */
  public long storedLength() {
    return replaced ? -1 : length;
  }

  /**
   * Notes that something else than the caller's body may have gone out. From now on the caller's bytes at {@link #position} still prove
   * that they were stored; but other bytes, or fewer of them, don't prove that they were not.
   */
  public void bodyReplaced() {
    replaced = true;
  }

  /** Notes that the attempt at {@link #position} may have been stored, or may still be. Nothing can't be stored twice. */
  public void doubt() {
    inDoubt = storedLength() != 0;
  }

  /** Whether an attempt at {@link #position} may have been stored: also where a conflict may have been with our own bytes. */
  public boolean isInDoubt() {
    return inDoubt || conflictUnexplained;
  }

  /** Whether a 2xx response is what OSS answers to this append; a captive portal's page is not. */
  public boolean isAcknowledgedBy(ResponseHead response) {
    Long next = ServerNumbers.nextPosition(response);
    boolean plausible = replaced ? response.header("x-oss-request-id") != null : length < 0 || Objects.equals(next, position + length);
    if (next == null || next < position || !plausible) {
      replaced |= next != null && next >= position && response.header("x-oss-request-id") != null; // OSS has stored another length
      return false;
    }
    Long crc = ServerNumbers.crc(response.header("x-oss-hash-crc64ecma"));
    if (crc != null) {
      prefixes.remember(target, next, crc);
    }
    return true;
  }

  /** Moves to the end that {@link Finding.Kind#TAKEN} proved; false if the policy allows no more moves. */
  public boolean moveTo(long end) {
    if (!mayMove()) {
      return false;
    }
    moves++;
    position = end;
    return true;
  }

  /** Whether the policy allows another move. */
  public boolean mayMove() {
    return policy.followsEnd() && moves < policy.maxMoves();
  }

  /** Takes a conflict for what it says, because it can't be looked into; a doubt from earlier attempts stays. */
  public void acceptConflict() {
    conflictUnexplained &= replaced; // something else wrote that body, and may repeat it
  }

  /** What a conflict means, given the object's end as the error response told it, or null. */
  public Finding onConflict(@Nullable Long end) {
    // Even a first attempt's conflict can be our own doing: a proxy sent it twice, or the caller sends a lost append again.
    conflictUnexplained = storedLength() != 0;
    conflictEnd = end;
    if (end != null && end < position && !inDoubt) {
      return taken(end); // by the word of the refusal itself: nothing of ours was stored
    }
    return end == null ? Finding.need(Finding.Kind.NEED_HEAD) : judgeEnd(end, headDecides(end));
  }

  /** Begins to find out what became of attempts at {@link #position}, with no hint from a response. */
  public Finding investigate() {
    conflictEnd = null;
    return bodyCrc == null ? Finding.need(Finding.Kind.NEED_DIGEST) : Finding.need(Finding.Kind.NEED_HEAD);
  }

  /** The CRC64 of the object with a body at {@link #position}, null if it isn't known what was there before. */
  public @Nullable Long wholeCrc(long bodyLength, long crc) {
    Long prefix = prefixCrc();
    return prefix == null ? null : (Long) Crc64.combine(prefix, crc, bodyLength);
  }

  /** Forgets what was answered and remembered, because the two contradict each other. */
  public void distrust() {
    prefixes.forget(target);
  }

  /** Begins to find out whether an acknowledged append is stored as it was sent, whatever was before it. */
  public Finding reread(long bodyLength, long crc) {
    doubt();
    length = bodyLength;
    bodyCrc = crc;
    return needRange();
  }

  /** Continues with the length and CRC64 of the caller's body, after {@code NEED_DIGEST}. */
  public Finding onDigest(long bodyLength, long crc) {
    if (length >= 0 && length != bodyLength) {
      return Finding.unknowable("the body had " + length + " bytes when it was sent and " + bodyLength + " when it was read again");
    }
    length = bodyLength;
    bodyCrc = crc;
    if (length == 0) {
      if (storedLength() == 0) {
        settle(); // nothing can't be stored twice
      }
      return Finding.need(Finding.Kind.NEED_HEAD);
    }
    if (conflictEnd != null) {
      return judgeEnd(conflictEnd, headDecides(conflictEnd));
    }
    return prefixCrc() == null ? needRange() : Finding.need(Finding.Kind.NEED_HEAD);
  }

  /** Whether the CRC64 of an object of that length can be told from what we know of its prefix and of the body. */
  private boolean headDecides(long end) {
    return prefixCrc() != null && length >= 0 && end == position + length;
  }

  /** Continues with the answer to a HEAD, after {@code NEED_HEAD}. */
  public Finding onHead(ResponseHead head) {
    if (head.status() == 404) {
      return position == 0 ? Finding.notYet() : Finding.unknowable("the object no longer exists");
    }
    Long end = ServerNumbers.nextPosition(head);
    if (end == null || !"Appendable".equals(head.header("x-oss-object-type"))) {
      return Finding.unknowable("the object is no longer appendable");
    }
    Long crc = ServerNumbers.crc(head.header("x-oss-hash-crc64ecma"));
    Long prefix = prefixCrc();
    if (bodyCrc != null && length >= 0 && end == position + length && length > 0 && crc != null && prefix != null) {
      if (crc == Crc64.combine(prefix, bodyCrc, length)) {
        prefixes.remember(target, end, crc);
        return Finding.applied(end, crc);
      }
      if (position == 0) { // the prefix is empty, so nothing else could explain the difference
        return differs(end);
      }
      prefixes.forget(target); // perhaps the object was replaced and its prefix is not what we remember: read back
    }
    return judgeEnd(end, false);
  }

  /**
   * Continues with the answer to a ranged GET of {@link #position} to {@code position + length - 1}, after {@code NEED_RANGE}.
   *
   * @param bytes how many bytes the answer had
   * @param crc their CRC64
   */
  public Finding onRange(ResponseHead head, long bytes, long crc) {
    if (head.status() == 416 || head.status() == 404) {
      // Shorter than our position plus one: as after HEAD, but GET names no length.
      return Finding.need(Finding.Kind.NEED_HEAD);
    }
    if (head.status() != 206) {
      return Finding.unknowable("the ranged read was answered with status " + head.status());
    }
    ContentRange range = ContentRange.parse(head.header("Content-Range"));
    if (range == null || range.first() != position || bytes != range.last() - range.first() + 1) {
      return Finding.unknowable("the ranged read was answered with another range than asked for");
    }
    if (bytes < length) {
      return judgeEnd(range.total(), false);
    }
    boolean whole = !replaced || range.total() == position + length; // else what follows may belong to what went out
    if (bytes == length && bodyCrc != null && crc == bodyCrc && whole) {
      // What is remembered of the prefix is not proven by bytes after it: it may be of an object that was replaced since.
      Long wholeCrc = position == 0 ? (Long) crc : wholeCrc(head, range.total());
      return Finding.applied(position + length, wholeCrc);
    }
    return differs(range.total());
  }

  /** The CRC64 up to our last byte, if that is the object's last one: a ranged read is answered with the CRC64 of the whole object. */
  private @Nullable Long wholeCrc(ResponseHead head, long total) {
    Long crc = total == position + length ? ServerNumbers.crc(head.header("x-oss-hash-crc64ecma")) : null;
    if (crc != null) {
      prefixes.remember(target, total, crc);
    }
    return crc;
  }

  /** The object's length is {@code end}: what does that prove? HEAD is of use only if it would decide, and wasn't asked yet. */
  private Finding judgeEnd(long end, boolean headDecides) {
    if (length == 0) {
      return end == position ? Finding.notYet() : differs(end);
    }
    if (end == position) {
      return Finding.notYet();
    }
    if (end < position) { // replaced, never that long, or an old answer: no reason to move back
      return Finding.unknowable("the object is " + end + " bytes long, shorter than the position " + position);
    }
    if (length > 0 && end < position + length) {
      return differs(end); // ours would have made it longer
    }
    if (bodyCrc == null) {
      return Finding.need(Finding.Kind.NEED_DIGEST);
    }
    return headDecides ? Finding.need(Finding.Kind.NEED_HEAD) : needRange();
  }

  private Finding needRange() {
    if (length > policy.maxVerifyBytes()) {
      return Finding.unknowable("the body's " + length + " bytes exceed maxVerifyBytes " + policy.maxVerifyBytes());
    }
    return Finding.need(Finding.Kind.NEED_RANGE);
  }

  /** What is there is not the caller's: so it is somebody else's, if nothing but the caller's can have gone out. */
  private Finding differs(long end) {
    return replaced ? Finding.unknowable("another body may have been sent in place of this one, and can't be recognised") : taken(end);
  }

  private Finding taken(long end) {
    settle(); // the object only grows past our position: no late attempt can be accepted there
    return Finding.taken(end);
  }

  private void settle() {
    inDoubt = false;
    conflictUnexplained = false;
  }

  private @Nullable Long prefixCrc() {
    return position == 0 ? (Long) 0L : prefixes.crcOf(target, position);
  }
}
