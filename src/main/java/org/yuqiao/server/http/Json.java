package org.yuqiao.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** JSON answers; keys are the names of record components. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new Jdk8Module());

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty list. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A record, list or map as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value as text on one line. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Answers once {@code result} is there. The answer is made and written in a thread of the server:
   * a client that reads slowly does not hold up what computes results.
   *
   * @param result gives a future of this request alone: it is cancelled when the client leaves
   */
  public static <T> void answer(
      Context context, Supplier<CompletableFuture<T>> result, Function<T, ?> answer) {
    context.future(
        () -> {
          AsyncContext answering = context.req().getAsyncContext();
          CompletableFuture<T> awaited = result.get();
          Runnable ended = ClientWatch.watch(context, () -> awaited.cancel(false));
          return awaited
              .whenComplete((value, failure) -> ended.run())
              .whenCompleteAsync((value, failure) -> {}, answering::start)
              .thenAccept(value -> answer(context, answer.apply(value)));
        });
  }

  /** Answers with {@code value}. */
  public static void answer(Context context, Object value) {
    context.contentType("application/json").result(text(value));
  }
}
