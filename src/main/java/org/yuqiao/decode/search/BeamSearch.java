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
 * Beam search: of all one-token extensions the best {@code beam} stay alive; those among them that
 * end are finished. The search is done when {@code count} have finished and no live hypothesis can
 * overtake these, or {@code beam} have finished; without early stopping not before these score
 * better than every live hypothesis at its present length.
 */
final class BeamSearch implements Search {
  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble((Hypothesis h) -> -h.score());

  private final int beam;
  private final int count;
  private final int maxLength;
  private final int sourceLength;
  private final boolean earlyStopping;
  private final LogitsProcessor processor;
  private final Ranking ranking;
  private final BeamObserver observer;
  private final TopK best;
  private final BeamCandidates candidates;
  private final List<Hypothesis> finished = new ArrayList<>();
  private List<Prefix> alive;

  /**
   * A live hypothesis.
   *
   * @param tokens without {@code <bos>}
   * @param coverage the attention received by each source position; empty without a coverage
   *     penalty
   * @param node the observer's number
   */
  private record Prefix(int[] tokens, double logProbability, float[] coverage, int node) {}

  /**
   * The sizes of a search.
   *
   * @param beam hypotheses kept
   * @param count translations returned, at most {@code beam}
   * @param maxLength the maximum number of tokens of a translation, which {@code processor}
   *     enforces
   * @param sourceLength tokens of the source and its end
   * @param earlyStopping whether the search ends once {@code beam} hypotheses have finished
   */
  record Settings(int beam, int count, int maxLength, int sourceLength, boolean earlyStopping) {}

  BeamSearch(Settings settings, LogitsProcessor processor, Ranking ranking, BeamObserver observer) {
    this.observer = observer;
    this.beam = settings.beam();
    this.count = settings.count();
    this.maxLength = settings.maxLength();
    this.sourceLength = ranking.coveragePenalty() == 0 ? 0 : settings.sourceLength();
    this.earlyStopping = settings.earlyStopping();
    this.processor = processor;
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
      processor.apply(prefix.tokens(), prefix.tokens().length, next);
      best.find(next, next.length);
      for (int i = 0; i < best.count(); i++) {
        candidates.offer(row, best.index(i), prefix.logProbability() + best.value(i));
      }
    }
    int[] parents = keep(covered);
    if (isDone()) {
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

  /** Finishes or keeps the best candidates; returns the row that each kept one continues. */
  private int[] keep(List<Prefix> before) {
    int[] chosen = new int[beam];
    int[] nodes = new int[candidates.count()];
    int kept = 0;
    for (int i = 0; i < candidates.count(); i++) {
      boolean ends = candidates.token(i) == Tokenizer.EOS;
      Prefix parent = before.get(candidates.row(i));
      if (kept == beam || (ends && i >= beam)) {
        report(parent, i, BeamTree.NodeStatus.PRUNED);
      } else if (ends) {
        finish(parent, candidates.logProbability(i));
      } else {
        nodes[i] = report(parent, i, BeamTree.NodeStatus.KEPT);
        chosen[kept++] = i;
      }
    }
    int[] parents = new int[kept];
    for (int i = 0; i < kept; i++) {
      parents[i] = candidates.row(chosen[i]);
    }
    int[] order = BeamReorder.inPlace(parents, before.size());
    List<Prefix> next = new ArrayList<>();
    int[] placed = new int[kept];
    for (int place = 0; place < kept; place++) {
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

  private int report(Prefix parent, int candidate, BeamTree.NodeStatus status) {
    double logProbability = candidates.logProbability(candidate);
    double score = ranking.score(logProbability, parent.tokens().length + 1);
    return observer.extended(
        parent.node(), candidates.token(candidate), logProbability, score, status);
  }

  private void finish(Prefix prefix, double logProbability) {
    Hypothesis found =
        sourceLength == 0
            ? ranking.hypothesis(prefix.tokens(), logProbability)
            : ranking.hypothesis(prefix.tokens(), logProbability, prefix.coverage());
    finished.add(found);
    observer.extended(
        prefix.node(), Tokenizer.EOS, logProbability, found.score(), BeamTree.NodeStatus.FINISHED);
  }

  private boolean isDone() {
    if (alive.isEmpty() || (finished.size() >= beam && earlyStopping)) {
      return true;
    }
    if (finished.size() < count) {
      return false;
    }
    finished.sort(BEST_FIRST);
    double mostProbable =
        alive.stream().mapToDouble(Prefix::logProbability).max().orElse(LogitsProcessor.MASKED);
    double now = ranking.score(mostProbable, alive.get(0).tokens().length);
    return (finished.size() >= beam && finished.get(beam - 1).score() >= now)
        || finished.get(count - 1).score() >= ranking.bound(mostProbable, maxLength);
  }

  @Override
  public List<Hypothesis> result() {
    return finished.isEmpty()
        ? List.of(ranking.hypothesis(new int[0], LogitsProcessor.MASKED))
        : finished.stream().sorted(BEST_FIRST).limit(count).toList();
  }
}
