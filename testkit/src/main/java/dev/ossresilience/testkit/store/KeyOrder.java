package dev.ossresilience.testkit.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of listings: by the bytes of UTF-8, in which U+FFFD comes before U+1F600; strings of Java have it the other way round. */
public final class KeyOrder {
  public static final Comparator<String> UTF_8 =
      (one, other) -> Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private KeyOrder() {}
}
