package org.yuqiao.server;

import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/** Refuses a body that arrives too slowly, or stops to arrive, with 408. */
final class SlowBodyHandler extends Handler.Wrapper {
  private final long limitNanos;

  SlowBodyHandler(Handler handler, Duration limit) {
    super(handler);
    this.limitNanos = limit.toNanos();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new Timed(request), response, callback);
  }

  private final class Timed extends Request.Wrapper {
    Timed(Request request) {
      super(request);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      // Jetty's idle timeout; EagerContentHandler would read on. It is short in a stopping server.
      boolean stopped = Content.Chunk.isFailure(chunk, false);
      boolean late = stopped || NanoTime.since(getBeginNanoTime()) > limitNanos;
      if (chunk == null || chunk.isLast() || !late) {
        return chunk;
      }
      chunk.release();
      return Content.Chunk.from(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
    }
  }
}
