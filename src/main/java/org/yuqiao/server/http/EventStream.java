package org.yuqiao.server.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer of server-sent events (HTML Standard, section 9.2), written by the thread of the
 * request. Every method throws {@link IOException} once the client has gone.
 */
public final class EventStream {
  private final HttpServletResponse response;
  private final OutputStream out;

  private EventStream(HttpServletResponse response) throws IOException {
    this.response = response;
    this.out = response.getOutputStream();
  }

  /** Answers {@code context} with a stream; its head is sent at once. */
  public static EventStream begin(Context context) throws IOException {
    context.disableCompression();
    HttpServletResponse response = context.res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    EventStream stream = new EventStream(response);
    response.flushBuffer();
    return stream;
  }

  /** Sends an event with {@code data} as JSON on one line. */
  public void send(String event, Object data) throws IOException {
    write("event: " + event + "\ndata: " + Json.text(data) + "\n\n");
  }

  /** Sends a comment, which clients ignore: it shows whether the client is still there. */
  public void keepAlive() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
