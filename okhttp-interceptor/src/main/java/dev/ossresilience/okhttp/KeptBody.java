package dev.ossresilience.okhttp;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The start of an error's body, kept while its call goes on: some hundred bytes, for which a buffer takes eight thousand. */
final class KeptBody extends ResponseBody {
  private final byte[] bytes;
  private final @Nullable MediaType type;
  private @Nullable BufferedSource source;

  KeptBody(byte[] bytes, @Nullable MediaType type) {
    this.bytes = bytes;
    this.type = type;
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public BufferedSource source() {
    BufferedSource opened = source;
    if (opened == null) {
      opened = new Buffer().write(bytes);
      source = opened;
    }
    return opened;
  }
}
