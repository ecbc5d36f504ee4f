package org.yuqiao.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the explorer's server.
 *
 * @param host the address that it listens on
 * @param port the port; 0 chooses a free one
 * @param models folders of translation models
 * @param runs the folder of runs; empty: no runs are shown
 * @param token what a client must present; empty: nothing
 * @param page a folder to read the page from, for those who change it; empty: the program's own
 * @param queue the number of tasks that may wait for each model
 * @param answerLimit the time that a model may take for an answer, waiting included
 * @param bodyLimit the time in which the body of a request must arrive
 */
public record ServerSettings(
    String host,
    int port,
    List<Path> models,
    Optional<Path> runs,
    Optional<String> token,
    Optional<Path> page,
    int queue,
    Duration answerLimit,
    Duration bodyLimit) {
  /** Copies the list. */
  public ServerSettings {
    models = List.copyOf(models);
  }

  /** A builder for a server on loopback, port 8080. */
  public static ServerSettingsBuilder builder() {
    return new ServerSettingsBuilder();
  }
}
