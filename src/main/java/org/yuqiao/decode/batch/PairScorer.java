package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.simd.MeanProbability;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.text.Tokenizer;

/**
 * Scores given translations by teacher forcing: the log-probability of every token, all positions
 * of a batch of pairs at once.
 */
public final class PairScorer implements AutoCloseable {
  /** Logits {@code [B, T, V]} are large: few tokens keep them within some 30 MB a thread. */
  private static final BatchLimits LIMITS = new BatchLimits(64, 512);

  private final int positions;
  private final Threads threads;
  private final List<List<TeacherForcedPass>> passes;

  /** A scorer for one model, or for an ensemble with the same vocabularies. */
  public PairScorer(List<WeightedModel> models, Backend backend) {
    this.positions =
        models.stream().mapToInt(one -> one.model().settings().maxPositions()).min().orElse(0);
    this.threads = new Threads(backend.threads());
    this.passes =
        IntStream.range(0, backend.threads())
            .mapToObj(
                i -> models.stream().map(one -> TeacherForcedPass.ofLogits(one, backend)).toList())
            .toList();
  }

  /** The maximum number of tokens of a source or a translation. */
  public int longest() {
    return positions - 1;
  }

  /**
   * Scores {@code targets.get(i)} as a translation of {@code sources.get(i)}.
   *
   * @param sources token ids without {@code <eos>}, at most {@link #longest} of them
   * @param targets token ids without {@code <bos>} and {@code <eos>}, at most {@link #longest}
   * @return for each pair the natural log-probability of each token and of the end
   */
  public List<double[]> score(List<int[]> sources, List<int[]> targets) {
    double[][] scores = new double[targets.size()][];
    int[] lengths =
        IntStream.range(0, scores.length)
            .map(i -> 1 + Math.max(sources.get(i).length, targets.get(i).length))
            .toArray();
    BlockingQueue<List<TeacherForcedPass>> idle = new LinkedBlockingQueue<>(passes);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int[] batch : LIMITS.batches(lengths, 1, passes.size())) {
      tasks.add(
          () -> {
            List<TeacherForcedPass> models = idle.take();
            try {
              List<int[]> read = Arrays.stream(batch).mapToObj(sources::get).toList();
              List<int[]> written = Arrays.stream(batch).mapToObj(targets::get).toList();
              models.forEach(model -> model.run(read, written));
              for (int b = 0; b < batch.length; b++) {
                scores[batch[b]] = logProbabilities(models, b, written.get(b));
              }
            } finally {
              idle.add(models);
            }
            return true;
          });
    }
    threads.all(tasks);
    return List.of(scores);
  }

  private static double[] logProbabilities(List<TeacherForcedPass> models, int b, int[] target) {
    double[] scores = new double[target.length + 1];
    for (int t = 0; t < scores.length; t++) {
      int at = t;
      float[][] rows =
          models.stream().map(model -> model.logProbabilities(b, at)).toArray(float[][]::new);
      float[] mean = rows[0];
      if (rows.length > 1) {
        mean = new float[mean.length];
        MeanProbability.of(rows, mean);
      }
      scores[t] = mean[t < target.length ? target[t] : Tokenizer.EOS];
    }
    return scores;
  }

  @Override
  public void close() {
    threads.close();
    passes.forEach(models -> models.forEach(TeacherForcedPass::close));
  }
}
