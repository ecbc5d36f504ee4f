package org.yuqiao.cli.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.server.ExplorerServer;
import org.yuqiao.server.ServerSettings;
import org.yuqiao.server.ServerSettingsBuilder;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao serve}: the explorer, a page that translates and shows why. */
@Command(
    name = "serve",
    description =
        "Serves the explorer: a page in the browser that translates and shows why, step by step.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "RUN",
      description =
          "The folder of a run or a model; may be given several times (default: the shipped models).")
  private List<Path> models = List.of();

  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description = "The folder of runs that are shown (default: runs).")
  private Path runs = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0: a free one (default: 8080).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on (default: 127.0.0.1, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The secret that clients must present (default: a random one where --host is not this"
              + " machine only, else none).")
  private Optional<String> token = Optional.empty();

  @Option(names = "--no-token", description = "Lets everybody in who can reach the host.")
  private boolean noToken;

  @Option(names = "--open", description = "Opens the page in the browser.")
  private boolean open;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--page",
      hidden = true,
      paramLabel = "FOLDER",
      description = "Reads the page from this folder, anew for each request.")
  private Optional<Path> page = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    UsageException.refuseIf(noToken && token.isPresent(), "give --token or --no-token, not both");
    UsageException.refuseIf(token.filter(String::isBlank).isPresent(), "--token must not be empty");
    UsageException.refuseIf(
        port < 0 || port > 65535, "--port must be from 0 to 65535, not " + port);
    List<Path> folders =
        models.isEmpty()
            ? ShippedModels.ofProgram().all().stream().map(RunFolder::path).toList()
            : models;
    InvalidInputException.require(
        !folders.isEmpty(), "there is no shipped model; name a run with --model");
    ServerSettingsBuilder settings =
        ServerSettings.builder().host(host).port(port).models(folders).runs(runs);
    page.ifPresent(settings::page);
    token.ifPresent(settings::token);
    if (token.isEmpty() && !noToken && !isLoopback()) {
      settings.randomToken();
    }
    ExplorerServer server = new ExplorerServer(settings.build(), threads.backend());
    server.start();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    System.out.println("The explorer is at " + server.address() + " (Ctrl-C stops it)");
    System.out.flush();
    if (open) {
      Browser.open(server.address());
    }
    stopped.await();
    return 0;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidInputException("--host '" + host + "' is not known", e);
    }
  }
}
