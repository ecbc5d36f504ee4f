package org.yuqiao.decode.batch;

import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.search.TeacherForcedSearch;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;

/** Scores given translations: how probable a model finds them, token by token. */
public final class PairScorer implements AutoCloseable {
  private final BatchScheduler decoder;

  /** A scorer that asks one model, or several with the same vocabularies together. */
  public PairScorer(List<WeightedModel> models, Backend backend) {
    this.decoder =
        new BatchScheduler(models, backend, 1, new StepOutputs(true, false), BatchLimits.DEFAULT);
  }

  /** The most tokens of a source or a translation. */
  public int longest() {
    return decoder.positions() - 1;
  }

  /**
   * Scores {@code targets.get(i)} as a translation of {@code sources.get(i)}.
   *
   * @param sources token ids without {@code <eos>}, from 1 to {@link #longest} of them
   * @param targets token ids without {@code <bos>} and {@code <eos>}, at most {@link #longest}
   * @return for each pair the natural logarithm of the probability of each token and of the end
   */
  public List<double[]> score(List<int[]> sources, List<int[]> targets) {
    List<TeacherForcedSearch> searches =
        IntStream.range(0, targets.size())
            .mapToObj(i -> new TeacherForcedSearch(targets.get(i)))
            .toList();
    decoder.run(sources, searches::get, (i, found) -> {});
    return searches.stream().map(TeacherForcedSearch::logProbabilities).toList();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
