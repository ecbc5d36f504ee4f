package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.experiment.CdsWarmUp;

/**
 * Clients that close their connection before their answer is there. All limits of the server are
 * longer than that of the tests: nothing ends by them.
 */
@Timeout(120)
class LeavingClientsTest {
  private static final Duration NEVER = Duration.ofMinutes(10);

  /** So many that they take minutes. */
  private static final int SENTENCES = 8000;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() {
    CdsWarmUp.write(folder);
  }

  private static ServedExplorer started() {
    return new ServedExplorer(
        ServerSettings.builder()
            .models(List.of(folder))
            .port(0)
            .answerLimit(NEVER)
            .bodyLimit(NEVER)
            .build());
  }

  private static String text(int sentences) {
    return "{\"text\": \"" + "你好，世界。".repeat(sentences) + "\"}";
  }

  private static void assertAnswers(ServedExplorer explorer) {
    HttpRequest request =
        explorer.postRequest("/api/v1/translate", text(1).getBytes(StandardCharsets.UTF_8));
    assertEquals(200, explorer.send(request).statusCode());
  }

  @Test
  void aStreamEndsWithItsClient() throws Exception {
    try (ServedExplorer explorer = started()) {
      try (Socket socket = explorer.connect()) {
        ServedExplorer.post(socket, "/translate/stream", text(SENTENCES));
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("event: token")) {
          seen.append((char) in.read());
        }
      }
      explorer.awaitQueue(0);
      assertTrue(explorer.translated() < SENTENCES);
      assertAnswers(explorer);
    }
  }

  @Test
  void aTranslationEndsWithItsClient() throws Exception {
    try (ServedExplorer explorer = started()) {
      try (Socket socket = explorer.connect()) {
        ServedExplorer.post(socket, "/translate", text(SENTENCES));
        explorer.awaitTranslation();
      }
      explorer.awaitQueue(0);
      assertTrue(explorer.translated() < SENTENCES);
      assertAnswers(explorer);
    }
  }

  @Test
  void whatWaitsForItsTurnLeavesTheQueueWithItsClient() throws Exception {
    try (ServedExplorer explorer = started();
        Socket first = explorer.connect()) {
      ServedExplorer.post(first, "/translate", text(SENTENCES));
      explorer.awaitTranslation();
      List<Socket> others = new ArrayList<>();
      for (String path : List.of("/translate", "/translate/stream", "/explain", "/steps")) {
        Socket other = explorer.connect();
        others.add(other);
        ServedExplorer.post(other, path, text(1));
      }
      for (Socket other : others) {
        other.close();
      }
      explorer.awaitQueue(1);
      assertTrue(explorer.translated() < SENTENCES);
    }
  }

  @Test
  void requestsSentBeforeTheAnswerToTheFirstAreAllAnswered() throws Exception {
    try (ServedExplorer explorer = started();
        Socket socket = explorer.connect()) {
      for (int i = 0; i < 3; i++) {
        ServedExplorer.post(socket, "/translate", text(40));
      }
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      int good = 0;
      while (good < 3) {
        String line = answers.readLine();
        int status = line.indexOf("HTTP/1.1 "); // behind the body of the answer before
        if (status >= 0) {
          assertTrue(line.startsWith("HTTP/1.1 200", status), line);
          good++;
        }
      }
    }
  }

  @Test
  void aStoppingServerWaitsForNoClientThatHasLeft() throws Exception {
    ServedExplorer explorer = started();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (String path : List.of("/translate", "/translate/stream", "/explain", "/steps")) {
        Socket client = explorer.connect();
        clients.add(client);
        ServedExplorer.post(client, path, text(path.startsWith("/t") ? SENTENCES : 1));
      }
    }
    explorer.awaitTranslation();
    for (Socket client : clients) {
      client.close();
    }
    explorer.close();
  }

  @Test
  void aStoppingServerWaitsForNoBody() throws IOException {
    ServedExplorer explorer = started();
    try (Socket socket = explorer.connect()) {
      ServedExplorer.post(socket, "/translate", "{", 1000);
      assertAnswers(explorer);
      explorer.close();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1.1 (408|503) .*"), answer);
    }
  }
}
