package dev.ossresilience.benchmarks.overhead;

import com.aliyun.oss.common.utils.CRC64;
import dev.ossresilience.crc.Crc64;
import java.util.Random;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The checksum of 64 KiB. */
@State(Scope.Benchmark)
public class Crc64Benchmark {
  static final int BYTES = 64 * 1024;

  private final byte[] bytes = new byte[BYTES];

  /** The same bytes in each run. */
  public Crc64Benchmark() {
    new Random(64).nextBytes(bytes);
  }

  /** Ours. */
  @Benchmark
  public long ours() {
    return Crc64.of(bytes);
  }

  /** SDK v1's. */
  @Benchmark
  public long sdkV1() {
    CRC64 crc = new CRC64();
    crc.update(bytes, BYTES);
    return crc.getValue();
  }

  /** Another, shorter checksum that the processor computes by itself: what no CRC64 in Java reaches. */
  @Benchmark
  public long crc32c() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, BYTES);
    return crc.getValue();
  }
}
