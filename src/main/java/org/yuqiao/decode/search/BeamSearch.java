package org.yuqiao.decode.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.text.Tokenizer;

/**
 * Beam search: of all extensions of the hypotheses by a token the best {@code beam} go on. One that
 * ends among the best {@code beam} is set aside. The search is done when {@code beam} have ended,
 * or as many as are wanted and nothing can overtake them.
 */
final class BeamSearch implements Search {
  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble((Hypothesis h) -> -h.score());

  private final int beam;
  private final int wanted;
  private final int maximum;
  private final int sourceLength;
  private final LogitsProcessor constraint;
  private final Ranking ranking;
  private final BeamObserver observer;
  private final TopK best;
  private final BeamCandidates candidates;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Prefix> alive;

  /**
   * A beginning.
   *
   * @param tokens without {@code <bos>}
   * @param coverage what each source position has received; empty when it does not count
   * @param node what the observer calls it
   */
  private record Prefix(int[] tokens, double logProbability, float[] coverage, int node) {}

  /**
   * What a search needs to know.
   *
   * @param beam hypotheses kept
   * @param wanted translations asked for, at most {@code beam}
   * @param maximum the most tokens of a translation, which {@code constraint} enforces
   * @param sourceLength tokens of the source and its end
   */
  record Settings(int beam, int wanted, int maximum, int sourceLength) {}

  BeamSearch(
      Settings settings, LogitsProcessor constraint, Ranking ranking, BeamObserver observer) {
    this.observer = observer;
    this.beam = settings.beam();
    this.wanted = settings.wanted();
    this.maximum = settings.maximum();
    this.sourceLength = ranking.coveragePenalty() == 0 ? 0 : settings.sourceLength();
    this.constraint = constraint;
    this.ranking = ranking;
    this.best = new TopK(beam + 1);
    this.candidates = new BeamCandidates(2 * beam);
    this.alive = List.of(new Prefix(new int[0], 0, new float[sourceLength], BeamObserver.ROOT));
  }

  @Override
  public int rows() {
    return alive.size();
  }

  @Override
  public int token(int row) {
    int[] tokens = alive.get(row).tokens();
    return tokens.length == 0 ? Tokenizer.BOS : tokens[tokens.length - 1];
  }

  @Override
  public int[] advance(Scores scores) {
    List<Prefix> covered = new ArrayList<>();
    candidates.clear();
    for (int row = 0; row < alive.size(); row++) {
      Prefix prefix = alive.get(row);
      covered.add(cover(prefix, row, scores));
      float[] next = scores.row(row);
      constraint.apply(prefix.tokens(), prefix.tokens().length, next);
      best.find(next, next.length);
      for (int i = 0; i < best.count(); i++) {
        candidates.offer(row, best.index(i), prefix.logProbability() + best.value(i));
      }
    }
    int[] parents = goOn(covered);
    if (isDecided()) {
      alive = List.of();
      return new int[0];
    }
    return parents;
  }

  private Prefix cover(Prefix prefix, int row, Scores scores) {
    if (sourceLength == 0) {
      return prefix;
    }
    float[] attention = scores.attention(row);
    float[] coverage = prefix.coverage().clone();
    for (int s = 0; s < sourceLength; s++) {
      coverage[s] += attention[s];
    }
    return new Prefix(prefix.tokens(), prefix.logProbability(), coverage, prefix.node());
  }

  /** Lets the best candidates end or go on; gives the row that each new one continues. */
  private int[] goOn(List<Prefix> before) {
    int[] chosen = new int[beam];
    int[] nodes = new int[candidates.count()];
    int count = 0;
    for (int i = 0; i < candidates.count(); i++) {
      boolean ends = candidates.token(i) == Tokenizer.EOS;
      Prefix parent = before.get(candidates.row(i));
      if (count == beam || (ends && i >= beam)) {
        notice(parent, i, BeamTree.NodeStatus.PRUNED);
      } else if (ends) {
        end(parent, candidates.logProbability(i));
      } else {
        nodes[i] = notice(parent, i, BeamTree.NodeStatus.KEPT);
        chosen[count++] = i;
      }
    }
    int[] parents = new int[count];
    for (int i = 0; i < count; i++) {
      parents[i] = candidates.row(chosen[i]);
    }
    int[] order = BeamReorder.inPlace(parents, before.size());
    List<Prefix> next = new ArrayList<>();
    int[] placed = new int[count];
    for (int place = 0; place < count; place++) {
      int i = chosen[order[place]];
      Prefix parent = before.get(candidates.row(i));
      placed[place] = candidates.row(i);
      next.add(
          new Prefix(
              append(parent.tokens(), candidates.token(i)),
              candidates.logProbability(i),
              parent.coverage(),
              nodes[i]));
    }
    alive = next;
    return placed;
  }

  private static int[] append(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private int notice(Prefix parent, int candidate, BeamTree.NodeStatus fate) {
    double logProbability = candidates.logProbability(candidate);
    double score = ranking.score(logProbability, parent.tokens().length + 1);
    return observer.extended(
        parent.node(), candidates.token(candidate), logProbability, score, fate);
  }

  private void end(Prefix prefix, double logProbability) {
    Hypothesis found =
        sourceLength == 0
            ? ranking.hypothesis(prefix.tokens(), logProbability)
            : ranking.hypothesis(prefix.tokens(), logProbability, prefix.coverage());
    ended.add(found);
    observer.extended(
        prefix.node(), Tokenizer.EOS, logProbability, found.score(), BeamTree.NodeStatus.FINISHED);
  }

  /** True when the beam is used up, or no beginning can overtake the translations wanted. */
  private boolean isDecided() {
    if (alive.isEmpty() || ended.size() >= beam) {
      return true;
    }
    if (ended.size() < wanted) {
      return false;
    }
    ended.sort(BEST_FIRST);
    double mostProbable =
        alive.stream().mapToDouble(Prefix::logProbability).max().orElse(LogitsProcessor.NEVER);
    return ended.get(wanted - 1).score() >= ranking.bound(mostProbable, maximum);
  }

  @Override
  public List<Hypothesis> result() {
    return ended.isEmpty()
        ? List.of(ranking.hypothesis(new int[0], LogitsProcessor.NEVER))
        : ended.stream().sorted(BEST_FIRST).limit(wanted).toList();
  }
}
