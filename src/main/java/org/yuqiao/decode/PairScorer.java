package org.yuqiao.decode;

import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;

/** Scores given translations: how probable a model finds them, token by token. */
public final class PairScorer implements AutoCloseable {
  private final Decoder decoder;

  /** A scorer that asks one model, or several with the same vocabularies together. */
  public PairScorer(List<WeightedModel> models, Backend backend) {
    this.decoder = new Decoder(models, backend, 1, new Questions(true, false), BatchLimits.DEFAULT);
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
    List<ForcedDecoding> searches =
        IntStream.range(0, targets.size())
            .mapToObj(i -> new ForcedDecoding(targets.get(i)))
            .toList();
    decoder.run(sources, searches::get, (i, found) -> {});
    return searches.stream().map(ForcedDecoding::logProbabilities).toList();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
