package org.yuqiao.corpus.fetch;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;

/**
 * The proxy that environment variables name: {@code https_proxy}, {@code http_proxy}, {@code
 * no_proxy}, also in upper case, as curl reads them; without them that of Java's properties.
 */
final class EnvironmentProxy {
  private static final int DEFAULT_PORT = 3128;

  private final Map<String, String> environment;

  EnvironmentProxy(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The proxy for a request.
   *
   * @throws InvalidInputException when a variable holds no address
   */
  Proxy of(URI url) {
    String name = url.getScheme() + "_proxy";
    Optional<String> address = variable(name);
    if (address.isEmpty()) {
      List<Proxy> ofJava = ProxySelector.getDefault().select(url);
      return ofJava.isEmpty() ? Proxy.NO_PROXY : ofJava.get(0);
    }
    if (isExcluded(url.getHost())) {
      return Proxy.NO_PROXY;
    }
    String text = address.get().contains("://") ? address.get() : "http://" + address.get();
    try {
      URI proxy = URI.create(text);
      if (proxy.getHost() != null) {
        int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw wrong(name, e);
    }
    throw wrong(name, null);
  }

  private static InvalidInputException wrong(String name, Exception cause) {
    return new InvalidInputException(
        "the environment variable " + name + " must be an address, as http://host:port", cause);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private boolean isExcluded(String host) {
    return variable("no_proxy").stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::strip)
        .map(name -> name.startsWith(".") ? name.substring(1) : name)
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }
}
