package org.yuqiao.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;

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
    /** The batch as tables tell it. */
    public String batchLabel() {
      return batch == 0 ? "many" : Integer.toString(batch);
    }

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
   * Two ways to do the same work, in turn.
   *
   * @param ratio how many times as fast the second is: the median over rounds, each a translation
   *     by the one and then by the other
   * @param low a quarter of the ratios is below
   * @param high a quarter of them is above
   */
  public record Comparison(Result first, Result second, double ratio, double low, double high) {
    /** How many translations of both are the same, token for token. */
    public int sameTranslations() {
      return (int)
          IntStream.range(0, first.sentences())
              .filter(i -> Arrays.equals(first.translations().get(i), second.translations().get(i)))
              .count();
    }
  }

  /**
   * Translates everything to warm up, and then as often as asked.
   *
   * @param batch the most sentences of a batch; 0 for as many as go
   */
  public Result measure(DecodingSettings settings, int batch, Rounds rounds) {
    try (Contestant one = new Contestant(task, settings, batch)) {
      warmUp(List.of(one), rounds.warmUp());
      for (int i = 0; i < rounds.repetitions(); i++) {
        one.translate();
      }
      return one.result();
    }
  }

  /** Somebody who tells when to translate, so that another program can take its turn between. */
  public interface TurnProtocol {
    /** All is warm; waits until everything is to be translated once more, or tells false. */
    boolean awaitTurn();

    /** What the last translation took, in seconds. */
    void told(double seconds);
  }

  /**
   * Translates everything to warm up, and then whenever {@code conductor} says so.
   *
   * @param warmUp seconds of translating before, at least once all
   */
  public Result measure(
      DecodingSettings settings, int batch, double warmUp, TurnProtocol conductor) {
    try (Contestant one = new Contestant(task, settings, batch)) {
      warmUp(List.of(one), warmUp);
      while (conductor.awaitTurn()) {
        conductor.told(one.translate());
      }
      return one.result();
    }
  }

  /**
   * The same for two tasks with the same sentences, which take turns in one process: whatever slows
   * the machine down for a while slows down both.
   */
  public Comparison compare(SpeedTask other, DecodingSettings settings, int batch, Rounds rounds) {
    try (Contestant first = new Contestant(task, settings, batch);
        Contestant second = new Contestant(other, settings, batch)) {
      warmUp(List.of(first, second), rounds.warmUp());
      double[] ratios = new double[rounds.repetitions()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = first.translate() / second.translate();
      }
      Arrays.sort(ratios);
      return new Comparison(
          first.result(),
          second.result(),
          ratios[ratios.length / 2],
          ratios[ratios.length / 4],
          ratios[ratios.length - 1 - ratios.length / 4]);
    }
  }

  private static void warmUp(List<Contestant> contestants, double seconds) {
    long start = System.nanoTime();
    do {
      contestants.forEach(Contestant::translateUntimed);
    } while ((System.nanoTime() - start) / 1e9 < seconds * contestants.size());
  }

  /** A translator and how long it took each time. */
  private final class Contestant implements AutoCloseable {
    private final SpeedTask task;
    private final DecodingSettings settings;
    private final int batch;
    private final Translator translator;
    private final List<Double> seconds = new ArrayList<>();
    private List<int[]> translations = List.of();

    Contestant(SpeedTask task, DecodingSettings settings, int batch) {
      BatchLimits limits =
          batch == 0
              ? BatchLimits.DEFAULT
              : new BatchLimits(batch, Math.max(BatchLimits.DEFAULT.tokens(), 1000 * batch));
      this.task = task;
      this.settings = settings;
      this.batch = batch;
      this.translator =
          new Translator(task.models(), backend, Strategy.withoutScores(settings), limits);
    }

    void translateUntimed() {
      translator.translate(task.sources(), done -> {});
    }

    /** Translates everything; tells the seconds it took. */
    double translate() {
      long begun = System.nanoTime();
      List<List<Hypothesis>> found = translator.translate(task.sources(), done -> {});
      seconds.add((System.nanoTime() - begun) / 1e9);
      translations = found.stream().map(best -> best.get(0).tokens()).toList();
      return seconds.get(seconds.size() - 1);
    }

    Result result() {
      double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return new Result(
          settings.beamSize(),
          batch,
          task.sources().size(),
          translations.stream().mapToLong(tokens -> tokens.length).sum(),
          sorted[sorted.length / 2],
          sorted[sorted.length - 1],
          translations);
    }

    @Override
    public void close() {
      translator.close();
    }
  }
}
