/** OpenTelemetry span events of calls to Alibaba Cloud OSS. */
module dev.ossresilience.opentelemetry {
  requires transitive dev.ossresilience.core;
  requires io.opentelemetry.api;
  requires static transitive org.jspecify;

  exports dev.ossresilience.opentelemetry;
}
