package org.yuqiao.server.api;

import io.javalin.config.RoutesConfig;

/** The routes of one resource of the API. */
@FunctionalInterface
public interface ApiRoutes {
  /** The path that all routes begin with. */
  String ROOT = "/api/v1";

  /** Adds the routes. */
  void addTo(RoutesConfig routes);
}
