package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.server.ApiDescription.Operation;

/** Paths, methods, versions and headers that the server refuses, as bytes on a socket. */
class BadRequestLinesTest {
  @RegisterExtension private static final RefusedRequests REQUESTS = new RefusedRequests();

  static List<Operation> operations() {
    return REQUESTS.operations();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "%E7%A7%98%E5%AF%86xqzx",
        ".xqzx",
        "xqzx%20%22%3Cscript%3E",
        "..",
        "%2e%2e",
        "..%2fsecret",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2fetc%2fpasswd",
        "..%5csecret",
        "xqzx%00",
        "%00",
        "%ff%fe",
        "%zz",
        "xqzx;x=1",
        "%25%32%66",
        "a/xqzx",
        "run~..~xqzx"
      })
  void unknownIdsAndPathTricksFindNothing(String id) throws IOException {
    for (Operation operation : REQUESTS.gets()) {
      if (operation.path().contains("{id}")) {
        String answer = REQUESTS.raw("GET", operation.path().replace("{id}", id), "");
        assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
        REQUESTS.assertProblem(answer);
      }
    }
    REQUESTS.assertProblem(REQUESTS.raw("GET", "/" + id, ""));
    REQUESTS.assertProblem(REQUESTS.raw("GET", "/api/v1/" + id, ""));
  }

  @Test
  void aLongIdFindsNothing() throws IOException {
    for (int length : List.of(2_000, 20_000)) {
      String answer = REQUESTS.raw("GET", "/api/v1/runs/" + "s".repeat(length), "");
      assertTrue(answer.matches("(?s)HTTP/1.1 4(04|14) .*"), answer);
      REQUESTS.assertProblem(answer);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void otherMethodsAreRefused(Operation operation) throws IOException {
    for (String method :
        List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X")) {
      if (!method.equals(operation.method())) {
        String answer = REQUESTS.raw(method, REQUESTS.path(operation), "Content-Length: 0\r\n");
        assertTrue(answer.matches("(?s)HTTP/1.1 (404|405|501) .*"), method + answer);
        REQUESTS.assertProblem(answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xqzx\r\n\r\n",
        "GET /xqzx HTTP/9.9\r\n\r\n",
        "GET /api/v1/models HTTP/1.1\r\n\r\n",
        "GET /api/v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: xqzx\r\n\r\n",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\nxq",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nxqzx",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "xqzx",
        "GET /api/v1/models HTTP/1.1\r\nHost: localhost\r\nX: \u0000xqzx\r\n\r\n"
      })
  void whatIsNoHttpIsRefused(String bytes) throws IOException {
    String answer = REQUESTS.raw(bytes);
    assertTrue(answer.matches("(?s)HTTP/1.1 (4\\d\\d|505) .*"), answer);
    REQUESTS.assertProblem(answer);
  }

  @Test
  void aHeaderThatIsTooLargeIsRefused() throws IOException {
    String answer = REQUESTS.raw("GET", "/api/v1/models", "X: " + "s".repeat(20_000) + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 431"), answer.toLowerCase(Locale.ROOT));
    REQUESTS.assertProblem(answer);
  }
}
