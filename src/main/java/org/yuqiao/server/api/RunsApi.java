package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.server.http.EventStream;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.http.Query;
import org.yuqiao.server.work.RunRegistry;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.RunFollower;
import org.yuqiao.store.RunState;
import org.yuqiao.store.ValidationSamples;

/**
 * {@code GET /runs}: trainings that run or ended, with curves, settings and sample translations,
 * and a stream of events of one that runs.
 */
public final class RunsApi implements ApiRoutes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunsApi.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int KEEP_ALIVE_POLLS = 20;
  private static final int MAX_LISTENERS = 32;
  private static final int RETRY_AFTER_SECONDS = 10;

  private final RunRegistry runs;
  private final Semaphore listeners = new Semaphore(MAX_LISTENERS);
  private volatile boolean closed;

  /** Answers with {@code runs}. */
  public RunsApi(RunRegistry runs) {
    this.runs = runs;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(ROOT + "/runs", this::list);
    routes.get(ROOT + "/runs/{id}", this::one);
    routes.get(ROOT + "/runs/{id}/events", this::events);
  }

  private void list(Context context) {
    new Query(context);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("runs");
    for (RunRegistry.Served run : runs.all()) {
      try {
        list.add(json(run).summary());
      } catch (InvalidInputException e) {
        LOG.warn("the run {} is left out: {}", run.id(), e.getMessage());
      }
    }
    Json.answer(context, answer);
  }

  private RunJson json(RunRegistry.Served run) {
    return new RunJson(run, runs.progress(run));
  }

  private void one(Context context) {
    new Query(context);
    Json.answer(context, json(runs.get(context.pathParam("id"))).whole());
  }

  private void events(Context context) throws IOException {
    Query query = new Query(context, "after");
    Optional<Integer> after =
        query.optionalText("after").map(text -> query.integer("after", 0, 0, Integer.MAX_VALUE));
    RunRegistry.Served run = runs.get(context.pathParam("id"));
    if (!listeners.tryAcquire()) {
      throw Problem.tooManyRequests("too many clients follow runs", RETRY_AFTER_SECONDS);
    }
    try {
      follow(run, after.orElse(Integer.MAX_VALUE), EventStream.begin(context));
    } catch (IOException e) {
      LOG.debug("a client left the events of a run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  /**
   * Sends what is logged after a step, then what is added, until the run ends or the client left.
   */
  private void follow(RunRegistry.Served run, int after, EventStream events)
      throws IOException, InterruptedException {
    RunFollower follower = new RunFollower(run.run());
    events.send("state", json(run).state());
    boolean first = true;
    for (int poll = 0; !closed; poll++) {
      // Read before the files: what a run wrote last is then sent before its end.
      RunState state = RunState.of(run.run());
      for (MetricsFile.Line line : follower.metrics()) {
        if (!first || line.step() > after) {
          events.send("metrics", RunJson.event(line));
        }
      }
      for (ValidationSamples samples : follower.samples()) {
        if (!first || samples.step() > after) {
          events.send("samples", samples);
        }
      }
      first = false;
      if (state != RunState.RUNNING) {
        events.send("state", json(run).state());
        return;
      }
      if (poll % KEEP_ALIVE_POLLS == KEEP_ALIVE_POLLS - 1) {
        events.keepAlive();
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Ends all streams of events. */
  @Override
  public void close() {
    closed = true;
  }
}
