package org.yuqiao.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.BatchLimits;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.decode.Hypothesis;
import org.yuqiao.decode.Strategy;
import org.yuqiao.decode.Translator;

/** Measures how fast sentences are translated: token ids in, token ids out. */
public final class TranslationSpeed {
  private final SpeedTask task;
  private final Backend backend;

  /** Measures {@code task}. */
  public TranslationSpeed(SpeedTask task, Backend backend) {
    this.task = task;
    this.backend = backend;
  }

  /**
   * A measurement.
   *
   * @param beam hypotheses; 1 is greedy
   * @param batch the most sentences of a batch; 0 for as many as go
   * @param tokens target tokens made, ends not counted
   * @param seconds the median of the repetitions
   * @param slowest of the repetitions, in seconds
   * @param translations token ids
   */
  public record Result(
      int beam,
      int batch,
      int sentences,
      long tokens,
      double seconds,
      double slowest,
      List<int[]> translations) {
    /** Sentences a second. */
    public double sentencesPerSecond() {
      return sentences / seconds;
    }

    /** Target tokens a second. */
    public double tokensPerSecond() {
      return tokens / seconds;
    }
  }

  /**
   * How often all is translated.
   *
   * @param warmUp seconds of translating before, at least once all; the just-in-time compiler needs
   *     some
   * @param repetitions that are measured
   */
  public record Rounds(double warmUp, int repetitions) {}

  /**
   * Translates everything to warm up, and then as often as asked.
   *
   * @param batch the most sentences of a batch; 0 for as many as go
   */
  public Result measure(DecodingSettings settings, int batch, Rounds rounds) {
    BatchLimits limits =
        batch == 0
            ? BatchLimits.DEFAULT
            : new BatchLimits(batch, Math.max(BatchLimits.DEFAULT.tokens(), 1000 * batch));
    List<Double> seconds = new ArrayList<>();
    List<int[]> translations = List.of();
    try (Translator translator =
        new Translator(task.models(), backend, Strategy.of(settings), limits)) {
      long start = System.nanoTime();
      do {
        translator.translate(task.sources(), done -> {});
      } while ((System.nanoTime() - start) / 1e9 < rounds.warmUp());
      for (int i = 0; i < rounds.repetitions(); i++) {
        long begun = System.nanoTime();
        List<List<Hypothesis>> found = translator.translate(task.sources(), done -> {});
        seconds.add((System.nanoTime() - begun) / 1e9);
        translations = found.stream().map(best -> best.get(0).tokens()).toList();
      }
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Result(
        settings.beam(),
        batch,
        task.sources().size(),
        translations.stream().mapToLong(tokens -> tokens.length).sum(),
        sorted[sorted.length / 2],
        sorted[sorted.length - 1],
        translations);
  }
}
