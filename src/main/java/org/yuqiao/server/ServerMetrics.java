package org.yuqiao.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;

/**
 * {@code GET /health}, and {@code GET /metrics} in Prometheus' text format. Requests are counted
 * and logged by route: neither holds text of users.
 */
final class ServerMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ServerMetrics.class);
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  ServerMetrics(ModelRegistry models) {
    for (ServedModel served : models.all()) {
      Gauge.builder("yuqiao.queue.length", served, ServedModel::waiting)
          .description("Requests that wait for the model or use it")
          .tag("model", served.id())
          .register(registry);
      FunctionCounter.builder("yuqiao.translated.sentences", served, ServedModel::translated)
          .description("Sentences translated")
          .tag("model", served.id())
          .register(registry);
    }
  }

  void addTo(RoutesConfig routes) {
    routes.get("/health", context -> Json.answer(context, Json.object().put("status", "up")));
    routes.get("/metrics", context -> context.contentType(TEXT_FORMAT).result(registry.scrape()));
  }

  /** Counts and logs an answered request. */
  void answered(Context context, float millis) {
    String route =
        Optional.ofNullable(context.endpoints().matchedHttpEndpoint())
            .map(matched -> matched.path)
            .orElse("none");
    String status = Integer.toString(context.statusCode());
    Timer.builder("http.server.requests")
        .tag("method", context.method().toString())
        .tag("route", route)
        .tag("status", status)
        .register(registry)
        .record(Duration.ofNanos((long) (millis * 1e6)));
    LOG.info("{} {} {} {} ms", context.method(), route, status, Math.round(millis));
  }
}
