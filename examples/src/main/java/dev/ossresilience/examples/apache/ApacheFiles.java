package dev.ossresilience.examples.apache;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssErrors;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.examples.stage.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.FileEntity;

/** Stores files as objects with Apache HttpClient. What goes wrong on the way the configured client mends below these calls. */
final class ApacheFiles implements FileStore {
  private final CloseableHttpClient client;
  private final OssEndpoint endpoint;

  ApacheFiles(OssResilience oss) {
    endpoint = oss.endpoint();
    client = OssHttpClients.configure(HttpClients.custom(), oss).build();
  }

  /** An entity over a file is read anew for each attempt; one over a stream could be sent only once. */
  @Override
  public void upload(Path file, String bucket, String key) throws IOException {
    HttpPut put = new HttpPut(endpoint.urlOf(bucket, key));
    put.setEntity(new FileEntity(file.toFile(), ContentType.APPLICATION_OCTET_STREAM));
    HttpClientContext context = HttpClientContext.create(); // through which a refusal gets to know the call's report
    client.execute(put, context, response -> OssErrors.throwOnError(response, context));
  }

  /** What breaks after the response's head has come isn't mended: the copy then fails, and is to be asked for again. */
  @Override
  public void download(String bucket, String key, Path file) throws IOException {
    HttpGet get = new HttpGet(endpoint.urlOf(bucket, key));
    HttpClientContext context = HttpClientContext.create();
    client.execute(get, context, response ->
        Files.copy(OssErrors.throwOnError(response, context).getEntity().getContent(), file, StandardCopyOption.REPLACE_EXISTING));
  }

  /** A program that goes on keeps its client instead, and shares it. */
  @Override
  public void close() throws IOException {
    client.close();
  }
}
