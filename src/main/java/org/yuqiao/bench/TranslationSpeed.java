package org.yuqiao.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;

/** Measures translation throughput from token ids to token ids. */
public final class TranslationSpeed {
  private static final String OUTSIDE = "outside of ops";

  private final TranslationWorkload workload;
  private final Backend backend;

  /** Measures {@code workload}. */
  public TranslationSpeed(TranslationWorkload workload, Backend backend) {
    this.workload = workload;
    this.backend = backend;
  }

  /**
   * A measurement.
   *
   * @param beam beam size; 1 is greedy search
   * @param batch maximum sentences per batch; 0: limited by tokens only
   * @param tokens generated target tokens without {@code <eos>}
   * @param seconds the median of the repetitions
   * @param maxSeconds the slowest repetition
   * @param translations token ids
   * @param secondsByOp the seconds of all threads in all repetitions, by part of the model and op;
   *     with what is spent outside of ops, as in searching and waiting
   */
  public record Result(
      int beam,
      int batch,
      int sentences,
      long tokens,
      double seconds,
      double maxSeconds,
      List<int[]> translations,
      Map<String, Double> secondsByOp) {
    /** The batch size in tables. */
    public String batchLabel() {
      return batch == 0 ? "many" : Integer.toString(batch);
    }

    /** Throughput in sentences per second. */
    public double sentencesPerSecond() {
      return sentences / seconds;
    }

    /** Throughput in target tokens per second. */
    public double tokensPerSecond() {
      return tokens / seconds;
    }
  }

  /**
   * How often the workload is translated.
   *
   * @param warmUp seconds of translation before the measurement, for the just-in-time compiler; at
   *     least one pass
   * @param repetitions measured repetitions
   */
  public record Rounds(double warmUp, int repetitions) {}

  /**
   * Two interleaved measurements of the same work.
   *
   * @param speedUp of the second over the first: median over rounds
   * @param lowerQuartile of the speed-ups
   * @param upperQuartile of the speed-ups
   */
  public record Comparison(
      Result first, Result second, double speedUp, double lowerQuartile, double upperQuartile) {
    /** The comparison of two results whose rounds had these speed-ups. */
    static Comparison of(Result first, Result second, double[] speedUps) {
      double[] sorted = speedUps.clone();
      Arrays.sort(sorted);
      int quarter = sorted.length / 4;
      return new Comparison(
          first,
          second,
          sorted[sorted.length / 2],
          sorted[quarter],
          sorted[sorted.length - 1 - quarter]);
    }

    /** Number of translations that agree token for token. */
    public int sameTranslations() {
      return (int)
          IntStream.range(0, first.sentences())
              .filter(i -> Arrays.equals(first.translations().get(i), second.translations().get(i)))
              .count();
    }
  }

  /**
   * Warms up, then measures every repetition.
   *
   * @param batch maximum sentences per batch; 0: limited by tokens only
   */
  public Result measure(DecodingSettings settings, int batch, Rounds rounds) {
    try (TimedTranslator one = new TimedTranslator(workload, settings, batch)) {
      warmUp(List.of(one), rounds.warmUp());
      for (int i = 0; i < rounds.repetitions(); i++) {
        one.translate();
      }
      return one.result();
    }
  }

  /** Decides when the next repetition starts, so that another program can run in between. */
  public interface TurnProtocol {
    /** Waits for the next turn; false: no further turn. */
    boolean awaitTurn();

    /** Reports the duration of the last turn in seconds. */
    void report(double seconds);
  }

  /**
   * Warms up, then measures one repetition per turn.
   *
   * @param warmUp seconds of translation before the first turn; at least one pass
   */
  public Result measure(DecodingSettings settings, int batch, double warmUp, TurnProtocol turns) {
    try (TimedTranslator one = new TimedTranslator(workload, settings, batch)) {
      warmUp(List.of(one), warmUp);
      while (turns.awaitTurn()) {
        turns.report(one.translate());
      }
      return one.result();
    }
  }

  /**
   * Measures two workloads with the same sentences in turn in one process, so that a slow phase of
   * the machine affects both.
   */
  public Comparison compare(
      TranslationWorkload other, DecodingSettings settings, int batch, Rounds rounds) {
    try (TimedTranslator first = new TimedTranslator(workload, settings, batch);
        TimedTranslator second = new TimedTranslator(other, settings, batch)) {
      warmUp(List.of(first, second), rounds.warmUp());
      double[] speedUps = new double[rounds.repetitions()];
      for (int i = 0; i < speedUps.length; i++) {
        speedUps[i] = first.translate() / second.translate();
      }
      return Comparison.of(first.result(), second.result(), speedUps);
    }
  }

  private static void warmUp(List<TimedTranslator> translators, double seconds) {
    long start = System.nanoTime();
    do {
      translators.forEach(TimedTranslator::translateUntimed);
    } while ((System.nanoTime() - start) / 1e9 < seconds * translators.size());
  }

  /** A translator with the duration of each repetition. */
  private final class TimedTranslator implements AutoCloseable {
    private final TranslationWorkload workload;
    private final DecodingSettings settings;
    private final int batch;
    private final Translator translator;
    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, Double> secondsByOp = new LinkedHashMap<>();
    private List<int[]> translations = List.of();

    TimedTranslator(TranslationWorkload workload, DecodingSettings settings, int batch) {
      BatchLimits limits =
          batch == 0
              ? BatchLimits.DEFAULT
              : new BatchLimits(batch, Math.max(BatchLimits.DEFAULT.tokens(), 1000 * batch));
      this.workload = workload;
      this.settings = settings;
      this.batch = batch;
      this.translator =
          new Translator(workload.models(), backend, Strategy.withoutScores(settings), limits);
    }

    void translateUntimed() {
      translator.translate(workload.sources(), done -> {});
    }

    /** Translates the workload; returns the duration in seconds. */
    double translate() {
      Map<String, Double> before = translator.secondsByOp();
      long begun = System.nanoTime();
      List<List<Hypothesis>> found = translator.translate(workload.sources(), done -> {});
      seconds.add((System.nanoTime() - begun) / 1e9);
      count(before);
      translations = found.stream().map(best -> best.get(0).tokens()).toList();
      return seconds.get(seconds.size() - 1);
    }

    /** Adds the seconds by op since {@code before}. */
    private void count(Map<String, Double> before) {
      double outside = backend.threads() * seconds.get(seconds.size() - 1);
      for (Map.Entry<String, Double> op : translator.secondsByOp().entrySet()) {
        double inside = op.getValue() - before.getOrDefault(op.getKey(), 0.0);
        secondsByOp.merge(op.getKey(), inside, Double::sum);
        outside -= inside;
      }
      secondsByOp.merge(OUTSIDE, outside, Double::sum);
    }

    Result result() {
      double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return new Result(
          settings.beamSize(),
          batch,
          workload.sources().size(),
          translations.stream().mapToLong(tokens -> tokens.length).sum(),
          sorted[sorted.length / 2],
          sorted[sorted.length - 1],
          translations,
          secondsByOp);
    }

    @Override
    public void close() {
      translator.close();
    }
  }
}
