package org.yuqiao.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.files.InvalidInputException;

/** An error as the client sees it: a problem detail (RFC 9457). */
public final class Problem extends RuntimeException {
  /** The media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfter;
  private final transient ObjectNode members = Json.object();

  /** A problem with one sentence of detail, which holds no text of users. */
  public Problem(int status, String detail) {
    this(status, detail, 0);
  }

  private Problem(int status, String detail, int retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** 400: the request is malformed. */
  public static Problem badRequest(String detail) {
    return new Problem(400, detail);
  }

  /** 404: there is no such resource. */
  public static Problem notFound(String detail) {
    return new Problem(404, detail);
  }

  /** 422: the request is well-formed, but cannot be served. */
  public static Problem unprocessable(String detail) {
    return new Problem(422, detail);
  }

  /** 429: too many requests wait. */
  public static Problem tooManyRequests(String detail, int retryAfterSeconds) {
    return new Problem(429, detail, retryAfterSeconds);
  }

  /** 503: the server is stopping. */
  public static Problem unavailable(String detail) {
    return new Problem(503, detail);
  }

  /** 503: the server is busy. */
  public static Problem unavailable(String detail, int retryAfterSeconds) {
    return new Problem(503, detail, retryAfterSeconds);
  }

  /** 504: the answer took too long. */
  public static Problem timedOut(String detail) {
    return new Problem(504, detail);
  }

  /** This problem with one more member in its body (RFC 9457, section 3.2). */
  public Problem with(String member, Object value) {
    members.set(member, Json.tree(value));
    return this;
  }

  /** The problem that a failed request is answered with; one of the server is logged. */
  public static Problem of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof Problem problem) {
      return problem;
    }
    if (failure instanceof InvalidInputException) {
      return unprocessable(LocalPaths.shortened(failure.getMessage()));
    }
    if (failure instanceof TimeoutException) {
      return timedOut("the answer took too long");
    }
    if (failure instanceof CancellationException || failure instanceof EofException) {
      return badRequest("the client has closed its connection"); // nobody reads it
    }
    LOG.error("a request failed", new LoggedFailure(failure));
    return new Problem(500, "the server failed; its log says more");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Seconds after which the client may try again. */
  public OptionalInt retryAfter() {
    return retryAfter > 0 ? OptionalInt.of(retryAfter) : OptionalInt.empty();
  }

  /** The body: type, title, status, detail, members of this problem. */
  public ObjectNode toJson() {
    return Json.object()
        .put("type", "about:blank")
        .put("title", HttpStatus.forStatus(status).getMessage())
        .put("status", status)
        .put("detail", getMessage())
        .setAll(members);
  }
}
