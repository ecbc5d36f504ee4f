package org.yuqiao.server.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.CdsWarmUp;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.SentenceListener;
import org.yuqiao.inference.SentenceRequest;
import org.yuqiao.inference.TranslationModel;

@Timeout(60)
class ServedModelTest {
  @TempDir private Path folder;

  private static SentenceRequest request(TranslationModel model) {
    return SentenceRequest.of(model.split("你好。", LineSplitting.SENTENCES).sentences().get(0));
  }

  private static TranslationJob job(TranslationModel model, SentenceRequest request) {
    return new TranslationJob(
        new TranslationJob.Decoding(model.settings().decode(), 1),
        List.of(request),
        1,
        (index, best) -> {});
  }

  @Test
  void aJobThatFailsDoesNotFailThoseTranslatedWithIt() throws Exception {
    CdsWarmUp.write(folder);
    TranslationModel model = TranslationModel.load(List.of(folder), new Backend(1));
    try (ServedModel served = new ServedModel("m", model, 10, Duration.ofMinutes(1))) {
      CountDownLatch waiting = new CountDownLatch(1);
      CompletableFuture<Boolean> first =
          served.submit(
              unused -> {
                try {
                  waiting.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return true;
              });
      TranslationJob failing =
          job(
              model,
              request(model)
                  .with(
                      new SentenceListener() {
                        @Override
                        public void advanced(List<ScoredToken> prefix, String text) {
                          throw new IllegalStateException("fails");
                        }

                        @Override
                        public boolean isCancelled() {
                          return false;
                        }
                      }));
      TranslationJob good = job(model, request(model));
      served.translate(failing, System.nanoTime());
      served.translate(good, System.nanoTime());
      waiting.countDown();
      assertEquals(true, first.join());
      assertEquals(1, good.result().join().size());
      assertThrows(CompletionException.class, failing.result()::join);
      assertEquals(0, served.waiting());
    }
  }
}
