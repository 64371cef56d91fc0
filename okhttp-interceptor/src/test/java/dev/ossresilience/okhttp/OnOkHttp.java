package dev.ossresilience.okhttp;

import okhttp3.OkHttp;
import okhttp3.OkHttpClient;

/** The OkHttp that the tests run on: they are compiled against one version, and run on more. */
final class OnOkHttp {
  private OnOkHttp() {}

  /** Its version, asked of the class itself: a mention of the constant would be the version compiled against. */
  static String version() {
    try {
      return (String) OkHttp.class.getField("VERSION").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Whether interceptors can override settings of their client and watch calls. */
  static boolean canOverride() {
    return Carrier.CAN_OVERRIDE;
  }

  static boolean cannotOverride() {
    return !canOverride();
  }

  /** Default settings, but for what users of old versions have to set. */
  static OkHttpClient.Builder client() {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    return canOverride() ? builder : builder.followRedirects(false).followSslRedirects(false);
  }

  /** A client to which interceptors behind ours may be added, or that shall repeat nothing by itself where that can't be seen. */
  static OkHttpClient.Builder repeatingNothingUnseen(OkHttpClient client) {
    return client.newBuilder().retryOnConnectionFailure(canOverride());
  }
}
