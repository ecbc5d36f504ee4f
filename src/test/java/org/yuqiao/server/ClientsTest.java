package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.experiment.CdsWarmUp;

/** Clients that send slowly, read slowly or are too many; and a server that stops. */
@Timeout(120)
class ClientsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void write() {
    CdsWarmUp.write(folder);
  }

  private static ServedExplorer started(ServerSettingsBuilder settings) {
    return new ServedExplorer(settings.models(List.of(folder)).port(0).build());
  }

  private static String text(int sentences) {
    return "{\"text\": \"" + "你好，世界。".repeat(sentences) + "\"}";
  }

  private static HttpRequest translate(ServedExplorer to, int sentences) {
    return to.postRequest("/api/v1/translate", text(sentences).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aBodyThatDribblesIsGivenUp() throws Exception {
    try (ServedExplorer explorer =
            started(ServerSettings.builder().bodyLimit(Duration.ofMillis(300)));
        Socket socket = explorer.connect()) {
      ServedExplorer.post(socket, "/translate", "", 1000);
      OutputStream out = socket.getOutputStream();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    out.write(' ');
                    Thread.sleep(20);
                  }
                } catch (IOException | InterruptedException e) {
                  // the server has closed the connection
                }
              });
      String problem = read(socket);
      assertTrue(problem.startsWith("HTTP/1.1 408"), problem);
      assertTrue(problem.contains("application/problem+json"), problem);
      sending.join();
    }
  }

  /** What has arrived; empty where the connection was closed. */
  private static String read(Socket socket) throws IOException {
    byte[] bytes = new byte[1 << 16];
    int read = socket.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
  }

  @Test
  void clientsThatDoNotReadHoldUpNoOther() throws Exception {
    try (ServedExplorer explorer = started(ServerSettings.builder())) {
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Socket socket = explorer.connect();
        idle.add(socket);
        String megabytes = "GET /api/v1/positions?length=512 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(megabytes.getBytes(StandardCharsets.US_ASCII));
      }
      assertEquals(200, explorer.send(translate(explorer, 1)).statusCode());
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
    try (ServedExplorer explorer =
        started(ServerSettings.builder().answerLimit(Duration.ofMillis(50)))) {
      HttpResponse<String> answer = explorer.send(translate(explorer, 5000));
      assertEquals(504, answer.statusCode(), answer.body());
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
      HttpResponse<String> stream =
          explorer.send(
              explorer.postRequest(
                  "/api/v1/translate/stream", text(5000).getBytes(StandardCharsets.UTF_8)));
      assertTrue(
          stream.statusCode() == 504 || stream.body().contains("event: problem"), stream.body());
    }
  }

  @Test
  void tooManyRequestsAreRefusedAndTheOthersAnswered() throws Exception {
    try (ServedExplorer explorer = started(ServerSettings.builder().queue(3))) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(explorer.begin(translate(explorer, 10)));
      }
      List<Integer> statuses =
          answers.stream().map(answer -> answer.join().statusCode()).distinct().sorted().toList();
      assertEquals(List.of(200, 429), statuses);
      assertEquals(200, explorer.send(translate(explorer, 1)).statusCode());
    }
  }

  @Test
  void aStoppingServerAnswersWhatHasBegunAndRefusesTheRest() throws Exception {
    ServedExplorer explorer = started(ServerSettings.builder());
    CompletableFuture<HttpResponse<String>> begun = explorer.begin(translate(explorer, 100));
    explorer.awaitTranslation();
    try (Socket open = explorer.connect()) {
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(explorer::close);
      String answer = "HTTP/1.1 200";
      while (answer.startsWith("HTTP/1.1 200")) {
        answer = answered(open);
      }
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 503"), answer);
      assertTrue(answer.isEmpty() || answer.contains("application/problem+json"), answer);
      assertEquals(200, begun.join().statusCode());
      stopping.join();
      assertThrows(ConnectException.class, explorer::connect);
    }
  }

  /** The answer to a small request; empty where the connection was closed. */
  private static String answered(Socket socket) {
    try {
      ServedExplorer.post(socket, "/translate", text(1));
      return read(socket);
    } catch (IOException e) {
      return "";
    }
  }
}
