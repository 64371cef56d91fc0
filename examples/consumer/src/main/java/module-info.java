/** Reads all modules by their module descriptors; on the class path it is ignored. */
module consumer {
  requires dev.ossresilience.okhttp;
  requires dev.ossresilience.apache5;
  requires dev.ossresilience.micrometer;
  requires dev.ossresilience.opentelemetry;
  requires dev.ossresilience.testkit;
}
