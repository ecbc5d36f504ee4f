package org.yuqiao.decode.search;

import java.util.List;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;

/**
 * A source that strategies translate with a {@link TableModel}.
 *
 * @param positions the number of positions a translation may take, {@code <bos>} included
 */
record TableSearch(int[] source, int positions) {
  /** A source of two tokens. */
  static final TableSearch SHORT = new TableSearch(new int[] {5, 6}, 12);

  /** A source of four tokens, with room for long translations. */
  static final TableSearch LONG = new TableSearch(new int[] {5, 6, 7, 8}, 60);

  /** Sampling from the whole distribution. */
  static final Sampling SAMPLING = new Sampling(1, 0, 1, 3);

  /** Greedy search, beam search and sampling. */
  static List<Strategy> strategies(DecodingSettings settings) {
    return List.of(
        Strategy.withScores(settings.toBuilder().beamSize(1).build(), 1),
        Strategy.withScores(settings.toBuilder().beamSize(3).build(), 1),
        Strategy.sampling(settings, SAMPLING, 1));
  }

  /** Settings with these ratios of target to source length. */
  static DecodingSettings ratios(double min, double max) {
    return DecodingSettings.builder().minLengthRatio(min).maxLengthRatio(max).build();
  }

  /** What {@code search} finds. */
  List<Hypothesis> run(TableModel model, Search search) {
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(source), List.of(search));
    }
    return search.result();
  }

  /** All that a strategy finds, the best first. */
  List<Hypothesis> all(TableModel model, Strategy strategy, int... prefix) {
    return run(model, strategy.begin(source, prefix, positions));
  }

  /** The tokens of the best translation. */
  int[] best(TableModel model, Strategy strategy, int... prefix) {
    return all(model, strategy, prefix).get(0).tokens();
  }
}
