package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.inference.SentenceListener;
import org.yuqiao.inference.SentenceRequest;
import org.yuqiao.inference.SourceNote;
import org.yuqiao.inference.TranslationModel.Translation;
import org.yuqiao.server.http.ClientWatch;
import org.yuqiao.server.http.EventStream;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.LatestEvents;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.SplitText;
import org.yuqiao.server.work.TranslationJob;

/**
 * {@code POST /translate/stream}: the translation while it is searched, as server-sent events. A
 * client that goes ends its search.
 */
public final class TranslateStreamApi implements ApiRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(TranslateStreamApi.class);
  private static final int SENTENCES_PER_ROUND = 8;

  /** Each stream holds a thread of the server. */
  private static final int MAX_STREAMS = 64;

  private static final int RETRY_AFTER_SECONDS = 2;
  private static final long KEEP_ALIVE_MILLIS = 500;

  private final ModelRegistry models;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);

  /** Translates with {@code models}. */
  public TranslateStreamApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/translate/stream", this::stream);
  }

  private void stream(Context context) {
    TranslateRequest request = TranslateRequest.of(context, models);
    if (!streams.tryAcquire()) {
      throw Problem.tooManyRequests("too many translations are streamed", RETRY_AFTER_SECONDS);
    }
    try {
      long begun = System.nanoTime();
      SplitText split = split(context, request);
      LatestEvents events = new LatestEvents();
      TranslationJob job = job(request, split, events);
      request.served().translate(job, begun);
      send(context, request, split, job, events, begun);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      streams.release();
    }
  }

  /** Waits for its turn, while the client that leaves can't be noticed by writing to it. */
  private static SplitText split(Context context, TranslateRequest request) {
    CompletableFuture<SplitText> split = request.served().submit(request::split);
    Runnable ended = ClientWatch.watch(context, () -> split.cancel(false));
    try {
      return split.join();
    } finally {
      ended.run();
    }
  }

  private static TranslationJob job(
      TranslateRequest request, SplitText split, LatestEvents events) {
    List<Integer> indices = split.translatable();
    List<SentenceRequest> sentences = new ArrayList<>();
    List<AtomicReference<ArrayNode>> tokens = new ArrayList<>();
    for (int index : indices) {
      SplitText.Part part = split.parts().get(index);
      AtomicReference<ArrayNode> last = new AtomicReference<>(Json.object().arrayNode());
      tokens.add(last);
      sentences.add(
          SentenceRequest.of(part.sentence())
              .with(
                  new SentenceListener() {
                    @Override
                    public void advanced(List<ScoredToken> prefix, String text) {
                      last.set(scored(prefix));
                      ObjectNode event = place(split, index);
                      event.set("tokens", last.get());
                      events.put(index, "token", event.put("text", text));
                    }

                    @Override
                    public boolean isCancelled() {
                      return events.isClosed();
                    }
                  }));
    }
    TranslationJob job =
        new TranslationJob(
            request.decoding(),
            sentences,
            SENTENCES_PER_ROUND,
            (number, best) -> {
              ObjectNode event =
                  sentence(split, indices.get(number), best.get(0).text())
                      .set("tokens", tokens.get(number).get());
              if (request.decoding().nbest() > 1) {
                TranslateRequest.addAlternatives(event, best);
              }
              events.put(indices.get(number), "sentence", event);
            });
    return job;
  }

  private static ObjectNode place(SplitText split, int index) {
    return Json.object().put("line", split.parts().get(index).line()).put("sentence", index);
  }

  private static ObjectNode sentence(SplitText split, int index, String text) {
    SplitText.Part part = split.parts().get(index);
    ObjectNode event =
        place(split, index)
            .put("source", part.sentence().source())
            .put("gap", part.gap())
            .put("text", text);
    part.note().map(SourceNote::label).ifPresent(note -> event.put("note", note));
    return event;
  }

  private static ArrayNode scored(List<SentenceListener.ScoredToken> tokens) {
    ArrayNode list = Json.object().arrayNode();
    for (SentenceListener.ScoredToken token : tokens) {
      list.addObject()
          .put("token", token.token())
          .put("probability", Math.exp(token.logProbability()));
    }
    return list;
  }

  private static void send(
      Context context,
      TranslateRequest request,
      SplitText split,
      TranslationJob job,
      LatestEvents events,
      long begun) {
    var unused = job.result().whenComplete((found, failure) -> events.end());
    try {
      EventStream stream = EventStream.begin(context);
      stream.send(
          "start",
          Json.object()
              .put("model", request.served().id())
              .put("sentences", split.parts().size())
              .put("lines", split.lines().size()));
      for (int i = 0; i < split.parts().size(); i++) {
        SplitText.Part part = split.parts().get(i);
        if (part.note().isPresent()) {
          ObjectNode event = sentence(split, i, part.sentence().source());
          event.putArray("tokens");
          stream.send("sentence", event);
        }
      }
      while (events.await(KEEP_ALIVE_MILLIS)) {
        List<LatestEvents.Event> batch = events.take();
        if (batch.isEmpty()) {
          stream.keepAlive();
        }
        for (LatestEvents.Event event : batch) {
          stream.send(event.name(), event.data());
        }
      }
      end(stream, request, split, job, begun);
    } catch (IOException e) {
      LOG.debug("a client left a stream");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      events.close();
      job.result().cancel(false);
    }
  }

  private static void end(
      EventStream stream, TranslateRequest request, SplitText split, TranslationJob job, long begun)
      throws IOException {
    try {
      List<List<Translation>> lines = request.lines(split, job.result().join());
      stream.send(
          "done",
          Json.object()
              .put("text", TranslateRequest.whole(split, lines))
              .put("seconds", (System.nanoTime() - begun) / 1e9));
    } catch (CompletionException e) {
      stream.send("problem", Problem.of(e).toJson());
    }
  }
}
