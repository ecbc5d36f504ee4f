package org.yuqiao.corpus.clean;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

/**
 * The numbers of pairs that cleaning kept, changed and dropped. Counts of consecutive parts of a
 * corpus, added in order, are those of the whole.
 */
public final class CleaningCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long pairs;
  private long changed;

  /** By step, in the order in which the steps first dropped a pair. */
  private final LinkedHashMap<String, Long> dropped = new LinkedHashMap<>();

  /** Counts the result for {@code pair}. */
  void add(SentencePair pair, Cleaning.Outcome outcome) {
    add(outcome.droppedBy(), !outcome.pair().equals(pair));
  }

  /**
   * Counts a pair.
   *
   * @param droppedBy the name of the step that dropped it; empty for a kept pair
   * @param normalized whether normalizing changed it
   */
  public void add(String droppedBy, boolean normalized) {
    pairs++;
    if (!droppedBy.isEmpty()) {
      dropped.merge(droppedBy, 1L, Long::sum);
    } else if (normalized) {
      changed++;
    }
  }

  /** Adds the counts of the part of the corpus that follows. */
  public void add(CleaningCounts next) {
    pairs += next.pairs;
    changed += next.changed;
    next.dropped.forEach((step, count) -> dropped.merge(step, count, Long::sum));
  }

  /** The number of kept pairs. */
  public long kept() {
    return pairs - droppedPairs();
  }

  private long droppedPairs() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Refuses corpora of which no pair is kept.
   *
   * @param corpora their names, for the message
   * @throws InvalidInputException with the numbers of dropped pairs by step
   */
  public void requireKept(List<String> corpora) {
    if (kept() > 0) {
      return;
    }
    String names = String.join(", ", corpora);
    String steps =
        dropped.entrySet().stream()
            .map(step -> step.getValue() + " " + step.getKey())
            .collect(Collectors.joining(", "));
    throw new InvalidInputException(
        steps.isEmpty()
            ? "there is no sentence pair in " + names
            : String.format(
                Locale.ROOT,
                "all %d pairs of %s were dropped: %s; see data check",
                pairs,
                names,
                steps));
  }

  /** The totals, as text of several lines. */
  public String totals() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%d pairs, %d kept, %d dropped%n", pairs, kept(), droppedPairs()));
    dropped.forEach(
        (step, count) -> text.append(String.format(Locale.ROOT, "  %-18s %d%n", step, count)));
    text.append(
        String.format(Locale.ROOT, "%d of those kept are changed by normalizing%n", changed));
    return text.toString();
  }

  /** The totals by name, for a manifest. */
  Map<String, Object> asMap() {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("pairs", pairs);
    totals.put("kept", kept());
    totals.put("changed", changed);
    totals.put("dropped", new LinkedHashMap<>(dropped));
    return totals;
  }
}
