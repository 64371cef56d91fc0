/** Reads both bindings by their module descriptors; on the class path it is ignored. */
module consumer {
  requires dev.ossresilience.okhttp;
  requires dev.ossresilience.apache5;
  requires dev.ossresilience.testkit;
}
