package dev.ossresilience.testkit.limit;

import java.util.List;

/**
 * Which limits there are; 0 stands for none.
 *
 * @param overall the error code of more requests than {@code requests}
 * @param slowing whether too many bytes are slowed down instead of refused
 */
public record LimitSettings(
    long requests, String overall, long metaRequests, long upload, long download, int active, List<Partition> partitions, boolean slowing) {
  public static final LimitSettings NONE = new LimitSettings(0, "TotalQpsLimitExceeded", 0, 0, 0, 0, List.of(), false);

  public LimitSettings {
    partitions = List.copyOf(partitions);
  }

  /** Keys that one server is responsible for, and how many requests to them it takes. */
  public record Partition(String bucket, String prefix, long requests) {}
}
