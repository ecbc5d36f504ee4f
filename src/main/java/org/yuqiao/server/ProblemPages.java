package org.yuqiao.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.yuqiao.server.http.Problem;

/** Answers what never reaches a route, as a path with {@code ..}, with a problem too. */
final class ProblemPages extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    fill(response.getHeaders());
    Content.Sink.write(response, true, body(code), callback);
  }

  private static void fill(HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    fields.put("X-Content-Type-Options", "nosniff");
  }

  private static String body(int status) {
    return new Problem(status, detail(status)).toJson().toString();
  }

  /** The sentence for a status without one of its own. */
  static String detail(int status) {
    return switch (status) {
      case 400 -> "the request is malformed";
      case 404 -> "there is nothing at this address";
      case 405 -> "this address has no such method";
      case 408 -> "the request took too long to arrive";
      case 413 -> "the body is too large";
      case 503 -> "the server is stopping";
      default -> "the request can't be answered";
    };
  }
}
