package org.yuqiao.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.server.api.ApiRoutes;
import org.yuqiao.server.api.ExplainApi;
import org.yuqiao.server.api.ModelsApi;
import org.yuqiao.server.api.NextApi;
import org.yuqiao.server.api.OpenApi;
import org.yuqiao.server.api.PositionsApi;
import org.yuqiao.server.api.RunsApi;
import org.yuqiao.server.api.SentencesApi;
import org.yuqiao.server.api.StepsApi;
import org.yuqiao.server.api.TranslateApi;
import org.yuqiao.server.api.TranslateStreamApi;
import org.yuqiao.server.api.VectorsApi;
import org.yuqiao.server.http.ClientWatch;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.page.PageRoutes;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ProjectionWorker;
import org.yuqiao.server.work.RunRegistry;
import org.yuqiao.server.work.VectorRegistry;
import org.yuqiao.store.ShippedModels;

/** The explorer's web server: the page, its API, and the models behind them. */
public final class ExplorerServer implements AutoCloseable {
  private static final Duration STOP_MARGIN = Duration.ofSeconds(5);
  private static final Duration PROJECTION_LIMIT = Duration.ofSeconds(30);
  private static final long MAX_BODY = 1 << 20;
  private static final int MAX_CONNECTIONS = 1024;

  private final ServerSettings settings;
  private final ModelRegistry models;
  private final VectorRegistry vectors;
  private final ProjectionWorker projections = new ProjectionWorker(PROJECTION_LIMIT);
  private final ClientWatch clients = new ClientWatch();
  private final RunsApi runs;
  private final ServerMetrics metrics;
  private final Javalin javalin;

  /**
   * Loads the models; {@link #start} then opens the port.
   *
   * @throws InvalidInputException when a folder holds no translation model
   */
  public ExplorerServer(ServerSettings settings, Backend backend) {
    this.settings = settings;
    this.models =
        new ModelRegistry(settings.models(), backend, settings.queue(), settings.answerLimit());
    this.vectors = new VectorRegistry(ShippedModels.ofProgram(), models.folders());
    this.runs = new RunsApi(new RunRegistry(settings.runs()));
    this.metrics = new ServerMetrics(models);
    this.javalin = Javalin.create(this::configure);
  }

  /** The resources of the API. A new one is added here. */
  private List<ApiRoutes> api() {
    return List.of(
        new ModelsApi(models), //
        new TranslateApi(models),
        new TranslateStreamApi(models),
        new SentencesApi(models),
        new ExplainApi(models),
        new StepsApi(models),
        new NextApi(models),
        new PositionsApi(models),
        new VectorsApi(vectors, projections),
        runs,
        new OpenApi());
  }

  /** Adds all routes but the page's. */
  void addTo(RoutesConfig routes) {
    metrics.addTo(routes);
    api().forEach(resource -> resource.addTo(routes));
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = 2 * MAX_BODY; // the limit of EagerContentHandler comes first
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyServer(this::limit);
    Guard guard = new Guard(settings);
    config.routes.before(guard::check);
    config.appData(ClientWatch.KEY, clients);
    config.requestLogger.http(metrics::answered);
    addTo(config.routes);
    new PageRoutes(settings.page()).addTo(config.routes);
    config.routes.exception(
        HttpResponseException.class,
        (e, context) ->
            answer(context, new Problem(e.getStatus(), ProblemPages.detail(e.getStatus()))));
    config.routes.exception(
        HttpException.RuntimeException.class,
        (e, context) ->
            answer(context, new Problem(e.getCode(), ProblemPages.detail(e.getCode()))));
    config.routes.exception(Exception.class, (e, context) -> answer(context, Problem.of(e)));
  }

  /**
   * A body is read without a thread of its own before its request begins; requests that have begun
   * are answered before the server stops.
   */
  private void limit(Server server) {
    server.setErrorHandler(new ProblemPages());
    server.setStopTimeout(settings.answerLimit().plus(STOP_MARGIN).toMillis());
    // The innermost: a request has begun once its body is there.
    Handler.Wrapper begun = new GracefulHandler();
    Handler.Wrapper bodies =
        new EagerContentHandler(
            begun, new EagerContentHandler.RetainedContentLoaderFactory(MAX_BODY, 0, true));
    Handler.Wrapper sizes = new SizeLimitHandler(MAX_BODY, -1);
    sizes.setHandler(new SlowBodyHandler(bodies, settings.bodyLimit()));
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setHandler(sizes);
  }

  private static void answer(Context context, Problem problem) {
    problem
        .retryAfter()
        .ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
    context
        .status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .result(problem.toJson().toString());
  }

  /**
   * Opens the port.
   *
   * @throws InvalidInputException when it is in use, or the host is not one of this machine
   */
  public void start() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new InvalidInputException(
          "cannot listen on "
              + settings.host()
              + ", port "
              + settings.port()
              + ": it is in use, or the host is not one of this machine",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The address of the page, with the token if there is one. */
  public String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    String query = settings.token().map(token -> "?token=" + token).orElse("");
    return "http://" + host + ":" + port() + "/" + query;
  }

  /** Answers the requests that have begun, and stops. */
  @Override
  public void close() {
    runs.close();
    javalin.stop();
    clients.close();
    projections.close();
    models.close();
  }
}
