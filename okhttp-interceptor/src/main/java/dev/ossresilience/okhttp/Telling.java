package dev.ossresilience.okhttp;

import dev.ossresilience.driver.AsyncDriver;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Tells a callback how its call ended: on a thread of the dispatcher's, since it may take its time. */
record Telling(OssCall call, Callback callback, AttemptsBinding binding, Dispatcher dispatcher) implements AsyncDriver.Completion<Response> {
  private static final Logger LOG = System.getLogger(OkHttpClient.class.getName());

  @FunctionalInterface
  private interface Message {
    void tell() throws IOException;
  }

  @Override
  public void delivered(Response response) {
    tell(() -> callback.onResponse(call, response));
  }

  @Override
  public void failed(IOException failure) {
    tell(() -> callback.onFailure(call, failure));
  }

  private void tell(Message message) {
    call.over();
    if (binding.isInSlot()) {
      guarded(message);
      return;
    }
    try {
      dispatcher.executorService().execute(() -> guarded(message));
    } catch (RejectedExecutionException e) {
      guarded(message); // the dispatcher was shut down; the caller is told all the same
    }
  }

  /** As OkHttp does: an IOException is the callback's own affair, anything else is a bug that the thread's handler is to see. */
  private void guarded(Message message) {
    try {
      message.tell();
    } catch (IOException e) {
      LOG.log(Level.INFO, () -> "Callback failure for " + call, e);
    } catch (Throwable e) {
      call.cancel();
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
