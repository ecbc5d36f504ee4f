package org.yuqiao.server.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.yuqiao.server.http.Problem;

/** Serves the page: one document for all views, its scripts and styles, its libraries. */
public final class PageRoutes {
  private static final List<String> VIEWS =
      List.of(
          "",
          "translate",
          "attention",
          "steps",
          "decode",
          "positions",
          "embeddings",
          "compare",
          "runs",
          "ideas");

  private final Supplier<PageFiles> files;

  /**
   * Serves the page of this program.
   *
   * @param folder a page to serve instead, read anew for each request
   */
  public PageRoutes(Optional<Path> folder) {
    PageFiles ofProgram = PageFiles.ofProgram();
    this.files =
        folder
            .<Supplier<PageFiles>>map(path -> () -> ofProgram.withPageOf(path))
            .orElse(() -> ofProgram);
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    for (String view : VIEWS) {
      routes.get("/" + view, this::index);
    }
    files.get().paths().forEach(path -> routes.get("/" + path, this::file));
  }

  private void index(Context context) {
    PageFiles now = files.get();
    context.header("Content-Security-Policy", policy(now.importMapHash()));
    context.header("Cache-Control", "no-store");
    send(context, now.index());
  }

  /** Scripts of this server only, no inline script but the import map, no other host. */
  private static String policy(String importMap) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' '" + importMap + "'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
  }

  private void file(Context context) {
    PageFile file =
        files
            .get()
            .find(context.path().substring(1))
            .orElseThrow(() -> Problem.notFound("there is nothing at this address"));
    context.header("ETag", file.etag());
    context.header("Cache-Control", "no-cache");
    if (Arrays.asList(Optional.ofNullable(context.header("If-None-Match")).orElse("").split(", *"))
        .contains(file.etag())) {
      context.status(304);
    } else {
      send(context, file);
    }
  }

  private static void send(Context context, PageFile file) {
    String accepted = Optional.ofNullable(context.header("Accept-Encoding")).orElse("");
    boolean gzip = file.gzip().length > 0 && accepted.contains("gzip");
    context.header("Vary", "Accept-Encoding");
    context.contentType(file.type());
    if (gzip) {
      context.header("Content-Encoding", "gzip");
    }
    context.result(gzip ? file.gzip() : file.bytes());
  }
}
