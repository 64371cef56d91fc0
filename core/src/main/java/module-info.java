/** Middleware core for Alibaba Cloud OSS: classifies failures and decides what to do, without any HTTP client. */
module dev.ossresilience.core {
  requires static transitive org.jspecify;

  exports dev.ossresilience;
  exports dev.ossresilience.crc;
  exports dev.ossresilience.http;
  exports dev.ossresilience.signing;
  exports dev.ossresilience.time;
}
