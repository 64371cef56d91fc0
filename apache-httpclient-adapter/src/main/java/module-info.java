/** Middleware for Alibaba Cloud OSS over Apache HttpClient 5. */
@SuppressWarnings("module") // the digit is part of the client's own name: HttpClient 4 is another one
module dev.ossresilience.apache5 {
  requires transitive dev.ossresilience.core;
  requires transitive org.apache.httpcomponents.client5.httpclient5;
  requires transitive org.apache.httpcomponents.core5.httpcore5;
  requires static transitive org.jspecify;
  requires jdk.net; // HttpClient, an automatic module, needs it and can't say so

  exports dev.ossresilience.apache5;
}
