package org.yuqiao.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds {@link ServerSettings}; each method sets the component of its name. */
public final class ServerSettingsBuilder {
  private String host = "127.0.0.1";
  private int port = 8080;
  private List<Path> models = List.of();
  private Optional<Path> runs = Optional.empty();
  private Optional<String> token = Optional.empty();
  private Optional<Path> page = Optional.empty();
  private int queue = 256;
  private Duration answerLimit = Duration.ofSeconds(60);
  private Duration bodyLimit = Duration.ofSeconds(20);

  ServerSettingsBuilder() {}

  public ServerSettingsBuilder host(String value) {
    this.host = value;
    return this;
  }

  public ServerSettingsBuilder port(int value) {
    this.port = value;
    return this;
  }

  public ServerSettingsBuilder models(List<Path> value) {
    this.models = value;
    return this;
  }

  public ServerSettingsBuilder runs(Path value) {
    this.runs = Optional.of(value);
    return this;
  }

  public ServerSettingsBuilder token(String value) {
    this.token = Optional.of(value);
    return this;
  }

  /** A token that can't be guessed. */
  public ServerSettingsBuilder randomToken() {
    return token(AccessToken.random());
  }

  public ServerSettingsBuilder page(Path value) {
    this.page = Optional.of(value);
    return this;
  }

  public ServerSettingsBuilder queue(int value) {
    this.queue = value;
    return this;
  }

  public ServerSettingsBuilder answerLimit(Duration value) {
    this.answerLimit = value;
    return this;
  }

  public ServerSettingsBuilder bodyLimit(Duration value) {
    this.bodyLimit = value;
    return this;
  }

  /** The settings. */
  public ServerSettings build() {
    return new ServerSettings(host, port, models, runs, token, page, queue, answerLimit, bodyLimit);
  }
}
