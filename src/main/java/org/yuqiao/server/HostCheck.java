package org.yuqiao.server;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yuqiao.server.http.Problem;

/**
 * Refuses requests whose Host header names another machine: a page of another site whose name was
 * rebound to this address (DNS rebinding). Addresses without a name can't be rebound.
 */
final class HostCheck {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+\\]");
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private final Set<String> names;

  /** Allows localhost, {@code host}, and addresses without a name. */
  HostCheck(String host) {
    this.names = new TreeSet<>(List.of("localhost", host.toLowerCase(Locale.ROOT)));
  }

  /**
   * Checks the Host header.
   *
   * @throws Problem 421 for another name
   */
  void check(String header) {
    String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
    if (!names.contains(host) && !ADDRESS.matcher(host).matches()) {
      throw new Problem(421, "this server does not answer for the host of the request");
    }
  }
}
