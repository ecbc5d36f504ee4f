package org.yuqiao.server.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The query parameters of a request; each read checks type and range. */
public final class Query {
  private final Context context;

  /**
   * The parameters of {@code context}.
   *
   * @param names the parameters that it may have
   * @throws Problem 400 when it has another one, or one twice
   */
  public Query(Context context, String... names) {
    this.context = context;
    List<String> known = Arrays.asList(names);
    context
        .queryParamMap()
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                throw Problem.badRequest(
                    known.isEmpty()
                        ? "this address has no query parameters"
                        : "unknown query parameter; expected " + String.join(", ", known));
              }
              if (values.size() > 1) {
                throw Problem.badRequest("'" + name + "' is given twice");
              }
            });
  }

  /** A parameter, or empty where it is absent or empty. */
  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
  }

  /**
   * A parameter.
   *
   * @throws Problem 400 where it is absent or empty
   */
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> Problem.badRequest("the query parameter '" + name + "' is missing"));
  }

  /** One of {@code names}, or {@code otherwise}. */
  public String oneOf(String name, String otherwise, String... names) {
    String value = optionalText(name).orElse(otherwise);
    if (!Arrays.asList(names).contains(value)) {
      throw Problem.badRequest("'" + name + "' must be one of " + String.join(", ", names));
    }
    return value;
  }

  /** An integer from {@code min} to {@code max}, or {@code otherwise}. */
  public int integer(String name, int otherwise, int min, int max) {
    String text = optionalText(name).orElse(Integer.toString(otherwise));
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // as out of range
    }
    throw Problem.badRequest("'" + name + "' must be an integer from " + min + " to " + max);
  }
}
