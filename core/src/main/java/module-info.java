/** Middleware core for Alibaba Cloud OSS: classifies failures and decides what to do, without any HTTP client. */
module dev.ossresilience.core {
  requires com.ctc.wstx;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.xml;
  requires io.github.resilience4j.core;
  requires transitive io.github.resilience4j.circuitbreaker;
  requires transitive io.github.resilience4j.retry;
  requires java.xml;
  requires static transitive org.jspecify;
  requires org.codehaus.stax2;
  requires org.slf4j;

  exports dev.ossresilience;
  exports dev.ossresilience.append;
  exports dev.ossresilience.crc;
  exports dev.ossresilience.driver;
  exports dev.ossresilience.error;
  exports dev.ossresilience.exchange;
  exports dev.ossresilience.http;
  exports dev.ossresilience.load;
  exports dev.ossresilience.operation;
  exports dev.ossresilience.policy;
  exports dev.ossresilience.remedy;
  exports dev.ossresilience.report;
  exports dev.ossresilience.signing;
  exports dev.ossresilience.time;
  exports dev.ossresilience.write;
}
