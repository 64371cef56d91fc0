/** OkHttp interceptor for Alibaba Cloud OSS. */
module dev.ossresilience.okhttp {
  requires transitive dev.ossresilience.core;
  requires transitive okhttp3;
  requires kotlin.stdlib;
  requires okio;
  requires static transitive org.jspecify;

  exports dev.ossresilience.okhttp;
}
