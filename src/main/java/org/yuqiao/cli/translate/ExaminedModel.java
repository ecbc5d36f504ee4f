package org.yuqiao.cli.translate;

import java.util.stream.DoubleStream;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.inference.HeadAnalysis;

/**
 * A model on a {@link HeadsPage}.
 *
 * @param name its folder's
 * @param description size and seed in a few words
 * @param sha256 of its weights
 */
record ExaminedModel(
    String name,
    String description,
    String sha256,
    HeadSurvey.Result survey,
    HeadAnalysis.Pruning pruning) {
  /** How many heads change BLEU by more than chance, after Holm's correction. */
  long significant() {
    return pruning.heads().stream().filter(head -> head.adjustedPValue() < 0.05).count();
  }

  double lowestChange() {
    return changes().min().orElse(0);
  }

  double highestChange() {
    return changes().max().orElse(0);
  }

  private DoubleStream changes() {
    return pruning.heads().stream()
        .mapToDouble(head -> head.score().bleu() - pruning.whole().bleu());
  }

  double lowestPerplexity() {
    return pruning.heads().stream().mapToDouble(head -> head.score().perplexity()).min().orElse(0);
  }

  double highestPerplexity() {
    return pruning.heads().stream().mapToDouble(head -> head.score().perplexity()).max().orElse(0);
  }

  /** The most that perplexity rises without a head, in percent of the whole model's. */
  double perplexityRise() {
    return 100 * (highestPerplexity() / pruning.whole().perplexity() - 1);
  }
}
