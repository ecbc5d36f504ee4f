package org.yuqiao.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.train.ModelState;
import org.yuqiao.train.StepBatches;
import org.yuqiao.train.TrainingObjective;
import org.yuqiao.train.TrainingStep;
import org.yuqiao.train.TranslationCollator;

/** Measures whole training steps: forward, backward, clipping by the global norm, Adam. */
public final class TrainingSpeed {
  /** First steps whose losses are reported, for comparison with another program. */
  private static final int REPORTED_STEPS = 3;

  private final TrainingWorkload workload;
  private final Backend backend;

  /** Measures {@code workload}. */
  public TrainingSpeed(TrainingWorkload workload, Backend backend) {
    this.workload = workload;
    this.backend = backend;
  }

  /**
   * How long to measure.
   *
   * @param warmUp seconds of steps before the measurement
   * @param seconds seconds of measured steps
   */
  public record Duration(double warmUp, double seconds) {}

  /**
   * A measurement.
   *
   * @param parameters of the model
   * @param steps measured steps
   * @param tokensPerSecond source and target tokens, without padding
   * @param padding fraction of padding in the batches
   * @param msPerStep median of the steps
   * @param msLowerQuartile lower quartile of the steps
   * @param msUpperQuartile upper quartile of the steps
   * @param peakMemoryMb peak resident memory in MiB
   * @param losses per target token, of the first steps
   * @param gradientNorms of the first steps
   * @param msByOp milliseconds per step and op, a mean over steps and threads
   */
  public record Result(
      long parameters,
      int steps,
      double tokensPerSecond,
      double padding,
      double msPerStep,
      double msLowerQuartile,
      double msUpperQuartile,
      long peakMemoryMb,
      List<Double> losses,
      List<Double> gradientNorms,
      Map<String, Double> msByOp) {}

  /** Runs training steps for {@code duration}. */
  public Result measure(Duration duration) {
    ModelState state = workload.start();
    List<List<Example>> batches = workload.batches();
    List<Double> losses = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    long tokens = 0;
    try (TrainingStep step =
        new TrainingStep(
            new TrainingObjective(
                workload.model(), new TranslationCollator(), workload.labelSmoothing()),
            workload.optimizer(),
            state,
            backend,
            1)) {
      double elapsed = -duration.warmUp();
      Map<String, Double> before = Map.of();
      for (int i = 0; elapsed < duration.seconds() || seconds.size() < REPORTED_STEPS; i++) {
        boolean counted = elapsed >= 0 && i >= REPORTED_STEPS;
        if (counted && seconds.isEmpty()) {
          before = step.secondsByOp();
        }
        long begun = System.nanoTime();
        TrainingStep.Result result =
            step.run(StepBatches.of(batches.get(i % batches.size())), i + 1L, 0);
        double taken = (System.nanoTime() - begun) / 1e9;
        elapsed += taken;
        if (counted) {
          seconds.add(taken);
          tokens += result.sourceTokens() + result.targetTokens();
        }
        if (i < REPORTED_STEPS) {
          losses.add(result.loss());
          norms.add(result.gradientNorm());
        }
      }
      return result(state, tokens, seconds, losses, norms, difference(step.secondsByOp(), before));
    }
  }

  private Result result(
      ModelState state,
      long tokens,
      List<Double> seconds,
      List<Double> losses,
      List<Double> norms,
      Map<String, Double> byOp) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    Map<String, Double> msByOp = new LinkedHashMap<>();
    byOp.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(e -> msByOp.put(e.getKey(), 1e3 * e.getValue() / sorted.length));
    return new Result(
        state.parameters().size(),
        sorted.length,
        tokens / Arrays.stream(sorted).sum(),
        workload.padding(),
        1e3 * sorted[sorted.length / 2],
        1e3 * sorted[sorted.length / 4],
        1e3 * sorted[sorted.length * 3 / 4],
        PeakMemory.bytes() >> 20,
        losses,
        norms,
        msByOp);
  }

  private static Map<String, Double> difference(
      Map<String, Double> after, Map<String, Double> before) {
    Map<String, Double> difference = new LinkedHashMap<>();
    after.forEach((op, seconds) -> difference.put(op, seconds - before.getOrDefault(op, 0.0)));
    return difference;
  }
}
