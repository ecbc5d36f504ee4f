package org.yuqiao.server;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** What every request passes before its route: security headers, Host check, token. */
final class Guard {
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private final HostCheck hosts;
  private final Optional<AccessToken> token;

  Guard(ServerSettings settings) {
    this.hosts = new HostCheck(settings.host());
    this.token = settings.token().map(AccessToken::new);
  }

  void check(Context context) {
    HEADERS.forEach(context::header);
    hosts.check(Optional.ofNullable(context.header("Host")).orElse(""));
    if (!context.path().equals("/health")) {
      token.ifPresent(secret -> secret.check(context));
    }
  }
}
