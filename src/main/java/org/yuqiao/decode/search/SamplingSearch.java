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

/** Draws translations at random, each token from what the model says of it. */
final class SamplingSearch implements Search {
  private final Sampling sampling;
  private final LogitsProcessor constraint;
  private final Ranking ranking;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Draft> drafts = new ArrayList<>();

  /** A translation under way; each has random numbers of its own. */
  private record Draft(int[] tokens, double logProbability, SplittableRandom random) {}

  /** A search for {@code wanted} translations, drawn independently of each other. */
  SamplingSearch(
      Sampling sampling,
      int wanted,
      SplittableRandom random,
      LogitsProcessor constraint,
      Ranking ranking) {
    this.sampling = sampling;
    this.constraint = constraint;
    this.ranking = ranking;
    for (int i = 0; i < wanted; i++) {
      drafts.add(new Draft(new int[0], 0, random.split()));
    }
  }

  /** All begin alike, so one row is enough for the first token. */
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
      float[] probabilities = scores.row(row);
      constraint.apply(draft.tokens(), draft.tokens().length, probabilities);
      int token = sampling.draw(probabilities, draft.random());
      double logProbability =
          draft.logProbability() + (token < 0 ? LogitsProcessor.NEVER : probabilities[token]);
      if (token < 0 || token == Tokenizer.EOS) {
        ended.add(ranking.hypothesis(draft.tokens(), logProbability));
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
    return ended.stream().sorted(Comparator.comparingDouble((Hypothesis h) -> -h.score())).toList();
  }
}
