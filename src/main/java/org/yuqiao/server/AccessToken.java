package org.yuqiao.server;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.yuqiao.server.http.Problem;

/**
 * The secret that a client must present: {@code Authorization: Bearer TOKEN}, or {@code ?token=}
 * once on the page, which turns it into a cookie.
 */
final class AccessToken {
  private static final String COOKIE = "yuqiao-token";
  private static final String PARAMETER = "token";
  private static final String BEARER = "Bearer ";
  private static final int RANDOM_BYTES = 18;

  private final byte[] token;

  AccessToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** A token that can't be guessed. */
  static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Checks a request; one with the token as parameter is sent on to the same page without it.
   *
   * @throws Problem 401 without the token
   */
  void check(Context context) {
    Optional<String> parameter = Optional.ofNullable(context.queryParam(PARAMETER));
    if (parameter.filter(this::matches).isPresent()) {
      Cookie cookie = new Cookie(COOKIE, parameter.get());
      cookie.setHttpOnly(true);
      cookie.setSameSite(SameSite.STRICT);
      context.cookie(cookie);
      context.redirect(context.path(), HttpStatus.SEE_OTHER);
      context.skipRemainingHandlers();
      return;
    }
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    boolean bearer = header.startsWith(BEARER) && matches(header.substring(BEARER.length()));
    if (!bearer && !Optional.ofNullable(context.cookie(COOKIE)).filter(this::matches).isPresent()) {
      context.header("WWW-Authenticate", "Bearer");
      throw new Problem(
          401, "this server needs its token: open the address that it printed when it started");
    }
  }

  private boolean matches(String given) {
    return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }
}
