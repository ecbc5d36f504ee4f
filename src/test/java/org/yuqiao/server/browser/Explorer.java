package org.yuqiao.server.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.Training;
import org.yuqiao.server.ExplorerServer;
import org.yuqiao.server.ServerSettings;

/** The explorer's server with the shipped models and one small finished run, for all tests. */
final class Explorer implements AutoCloseable {
  static final List<String> VIEWS =
      List.of(
          "translate",
          "attention",
          "steps",
          "decode",
          "positions",
          "embeddings",
          "compare",
          "runs",
          "ideas");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final ExplorerServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Explorer(Path folder, ExplorerServer server) {
    this.folder = folder;
    this.server = server;
  }

  static Explorer start() throws IOException {
    Explorer explorer = of(List.of(Path.of("models/zh-en"), Path.of("models/en-zh")));
    explorer.train(
        "finished", "train: {minutes: 0, steps: 40, validateMinutes: 0, validateSteps: 10}");
    explorer.server.start();
    return explorer;
  }

  /** Another server, with these models and no run. */
  static Explorer start(List<Path> models) throws IOException {
    Explorer explorer = of(models);
    explorer.server.start();
    return explorer;
  }

  private static Explorer of(List<Path> models) throws IOException {
    Path folder = Files.createTempDirectory("yuqiao-explorer");
    ServerSettings settings =
        ServerSettings.builder().port(0).models(models).runs(folder.resolve("runs")).build();
    return new Explorer(folder, new ExplorerServer(settings, new Backend(2)));
  }

  /** Trains a small model in the folder of runs. */
  void train(String name, String settings) throws IOException {
    Path experiment = TinyExperiment.write(folder, name + ".yaml", settings + "\n");
    Training.run(experiment, folder.resolve("runs").resolve(name), message -> {});
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.port() + "/" + path;
  }

  /** Opens a view, with parameters as {@code text=...}, and waits until it has drawn all. */
  void open(Browser browser, String view, String... parameters) {
    browser.open(address(view) + query(parameters));
    settle(browser, view.isEmpty() ? "translate" : view);
  }

  /** Chooses the language of the interface, {@code en} or {@code zh}, by its switch. */
  void choose(Browser browser, String language) {
    browser.click(".site-switches button[lang^=" + language + "]");
    browser.waitUntil(
        "the language is " + language,
        () ->
            browser.<Boolean>script(
                "return document.documentElement.lang.startsWith(arguments[0])", language));
  }

  private static String query(String... parameters) {
    String joined =
        Stream.of(parameters)
            .map(parameter -> parameter.split("=", 2))
            .map(pair -> pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
            .reduce("", (a, b) -> a + "&" + b);
    return joined.isEmpty() ? "" : "?" + joined.substring(1);
  }

  /** Waits until a view is shown and nothing of it is on its way. */
  void settle(Browser browser, String view) {
    browser.waitUntil(
        "the view " + view + " is drawn",
        () ->
            browser.<Boolean>script(
                """
                const view = document.querySelector('.view-' + arguments[0]);
                const quiet = view?.querySelector('h1, h2')
                    && !document.querySelector('.state-loading, [aria-busy="true"], .busy')
                    && document.getAnimations().every(a => a.playState !== 'running');
                window.quietSince = quiet ? window.quietSince ?? performance.now() : undefined;
                return Boolean(quiet) && performance.now() - window.quietSince > 150;
                """,
                view));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(
        client
            .send(
                HttpRequest.newBuilder(URI.create(address("api/v1/" + path))).build(),
                BodyHandlers.ofString())
            .body());
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address("api/v1/" + path)))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** The answer to a request for a file or view, with its headers. */
  HttpResponse<String> page(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address(path))).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
