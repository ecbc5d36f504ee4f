package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.experiment.CdsWarmUp;

/** {@code serve} in a process of its own, ended by SIGTERM. */
@Timeout(120)
class ServeProcessTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127.0.0.1:\\d+");

  @TempDir private Path folder;

  @Test
  void sigtermAnswersWhatHasBegunAndEndsTheProgram() throws Exception {
    CdsWarmUp.write(folder.resolve("model"));
    Process process =
        new ProgramProcess(folder)
            .start("serve", "--model", "model", "--port", "0", "--threads", "1");
    try {
      String address = address(process);
      HttpClient client = HttpClient.newHttpClient();
      String text = "你好，世界。".repeat(100);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/api/v1/translate"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"text\": \"" + text + "\"}"))
              .build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, BodyHandlers.ofString());
      HttpRequest metrics = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
      while (!client
          .send(metrics, BodyHandlers.ofString())
          .body()
          .matches("(?s).*yuqiao_queue_length\\{[^}]*} [1-9].*")) {
        assertTrue(!answer.isDone(), "the server is stopped before it has answered");
      }
      process.destroy();
      assertEquals(200, answer.join().statusCode());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(128 + 15, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** The address that it prints, as soon as it serves. */
  private String address(Process process) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    while (process.isAlive()) {
      Matcher matcher = ADDRESS.matcher(Files.readString(out));
      if (matcher.find()) {
        return matcher.group();
      }
      Thread.sleep(50);
    }
    throw new AssertionError(Files.readString(folder.resolve("err.txt")));
  }
}
