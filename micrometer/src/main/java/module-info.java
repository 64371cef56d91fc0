/** Micrometer metrics of calls to Alibaba Cloud OSS. */
module dev.ossresilience.micrometer {
  requires transitive dev.ossresilience.core;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports dev.ossresilience.micrometer;
}
