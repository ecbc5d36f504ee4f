package org.yuqiao.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.yuqiao.inference.SentenceRequest;
import org.yuqiao.inference.TranslationModel.Translation;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.SplitText;
import org.yuqiao.server.work.TranslationJob;

/** {@code POST /translate}: translates text sentence by sentence, line breaks kept. */
public final class TranslateApi implements ApiRoutes {
  private static final int SENTENCES_PER_ROUND = 32;

  private final ModelRegistry models;

  /** Translates with {@code models}. */
  public TranslateApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/translate", this::translate);
  }

  private void translate(Context context) {
    long begun = System.nanoTime();
    TranslateRequest request = TranslateRequest.of(context, models);
    Json.answer(
        context,
        () -> translated(request, begun),
        done ->
            request.answer(
                done.split(),
                request.lines(done.split(), done.sentences()),
                (System.nanoTime() - begun) / 1e9));
  }

  /**
   * A translated text.
   *
   * @param sentences the translations of each sentence that is translated, the best first
   */
  private record Translated(SplitText split, List<List<Translation>> sentences) {}

  /** Its end, also by a client that has left, ends what is computed for it. */
  private static CompletableFuture<Translated> translated(TranslateRequest request, long begun) {
    CompletableFuture<Translated> answer = new CompletableFuture<>();
    CompletableFuture<SplitText> splitting = request.served().submit(request::split);
    var unused =
        splitting
            .thenCompose(split -> translated(request, split, begun, answer))
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    answer.complete(done);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    var unusedToo = answer.whenComplete((done, failure) -> splitting.cancel(false));
    return answer;
  }

  private static CompletableFuture<Translated> translated(
      TranslateRequest request, SplitText split, long begun, CompletableFuture<Translated> answer) {
    TranslationJob job = job(request, split);
    var unused = answer.whenComplete((done, failure) -> job.result().cancel(false));
    request.served().translate(job, begun);
    return job.result().thenApply(found -> new Translated(split, found));
  }

  private static TranslationJob job(TranslateRequest request, SplitText split) {
    List<SentenceRequest> sentences =
        split.translatable().stream()
            .map(i -> SentenceRequest.of(split.parts().get(i).sentence()))
            .toList();
    return new TranslationJob(
        request.decoding(), sentences, SENTENCES_PER_ROUND, (index, best) -> {});
  }
}
