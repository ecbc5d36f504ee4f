package org.yuqiao.decode.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.text.Tokenizer;

/** Samples translations: each token from the model's distribution. */
final class SamplingSearch implements Search {
  private final Sampling sampling;
  private final LogitsProcessor processor;
  private final Ranking ranking;
  private final List<Hypothesis> finished = new ArrayList<>();
  private List<Draft> drafts = new ArrayList<>();

  /** An unfinished translation with its own random numbers. */
  private record Draft(int[] tokens, double logProbability, SplittableRandom random) {}

  /** A search for {@code count} translations, sampled independently. */
  SamplingSearch(
      Sampling sampling,
      int count,
      SplittableRandom random,
      LogitsProcessor processor,
      Ranking ranking) {
    this.sampling = sampling;
    this.processor = processor;
    this.ranking = ranking;
    for (int i = 0; i < count; i++) {
      drafts.add(new Draft(new int[0], 0, random.split()));
    }
  }

  /** All prefixes are empty: one row is enough for the first token. */
  private boolean atBeginning() {
    return !drafts.isEmpty() && drafts.get(0).tokens().length == 0;
  }

  @Override
  public int rows() {
    return atBeginning() ? 1 : drafts.size();
  }

  @Override
  public int token(int row) {
    int[] tokens = drafts.get(row).tokens();
    return tokens.length == 0 ? Tokenizer.BOS : tokens[tokens.length - 1];
  }

  @Override
  public int[] advance(Scores scores) {
    boolean first = atBeginning();
    List<Draft> next = new ArrayList<>();
    int[] parents = new int[drafts.size()];
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      int row = first ? 0 : i;
      float[] logProbabilities = scores.row(row);
      processor.apply(draft.tokens(), draft.tokens().length, logProbabilities);
      int token = sampling.draw(logProbabilities, draft.random());
      double logProbability =
          draft.logProbability() + (token < 0 ? LogitsProcessor.MASKED : logProbabilities[token]);
      if (token < 0 || token == Tokenizer.EOS) {
        finished.add(ranking.hypothesis(draft.tokens(), logProbability));
      } else {
        int[] tokens = Arrays.copyOf(draft.tokens(), draft.tokens().length + 1);
        tokens[tokens.length - 1] = token;
        parents[next.size()] = row;
        next.add(new Draft(tokens, logProbability, draft.random()));
      }
    }
    drafts = next;
    return Arrays.copyOf(parents, next.size());
  }

  @Override
  public List<Hypothesis> result() {
    return finished.stream()
        .sorted(Comparator.comparingDouble((Hypothesis h) -> -h.score()))
        .toList();
  }
}
