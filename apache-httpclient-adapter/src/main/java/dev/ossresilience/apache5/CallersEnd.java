package dev.ossresilience.apache5;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Gives the caller of an asynchronous client what an execution chain would give the client. */
record CallersEnd<T>(AsyncRequestProducer requests, AsyncResponseConsumer<T> responses, HttpContext context, ComplexFuture<T> future)
    implements AsyncExecCallback {
  @Override
  public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    responses.consumeResponse(
        response,
        entity,
        context,
        new FutureCallback<T>() {
          @Override
          public void completed(T result) {
            future.completed(result);
          }

          @Override
          public void failed(Exception cause) {
            future.failed(cause);
          }

          @Override
          public void cancelled() {
            future.cancel();
          }
        });
    return entity == null ? null : responses;
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    responses.informationResponse(response, context);
  }

  @Override
  public void completed() {
    release();
  }

  @Override
  public void failed(Exception cause) {
    try {
      responses.failed(cause);
    } finally {
      future.failed(cause);
      release();
    }
  }

  private void release() {
    responses.releaseResources();
    requests.releaseResources();
  }
}
