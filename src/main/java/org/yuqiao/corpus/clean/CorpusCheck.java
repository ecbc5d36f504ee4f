package org.yuqiao.corpus.clean;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;

/** Runs cleaning for its reasons: which pairs it would drop and why, and how many in all. */
public final class CorpusCheck {
  private final Cleaning cleaning;
  private final Map<String, Long> dropped = new LinkedHashMap<>();
  private long pairs;
  private long changed;

  /** Checks as training with these settings would. */
  public CorpusCheck(CorpusSettings settings, List<String> heldOut) {
    this.cleaning = Cleaning.of(settings, heldOut);
  }

  /**
   * Checks one corpus.
   *
   * @param lines is given a line for each pair that would be dropped: where, which filter, why
   * @param progress receives each pair
   */
  public void run(CorpusFiles corpus, Consumer<String> lines, LongConsumer progress) {
    PairRecordReader reader = corpus.open();
    while (reader.hasNext()) {
      SentencePair pair = reader.nextPair();
      Cleaning.Outcome outcome = cleaning.apply(pair);
      pairs++;
      progress.accept(1);
      if (outcome.droppedBy().isPresent()) {
        dropped.merge(outcome.droppedBy().get(), 1L, Long::sum);
        lines.accept(
            pair.origin() + ": " + outcome.droppedBy().get() + ": " + outcome.reason().orElse(""));
      } else if (!outcome.pair().equals(pair)) {
        changed++;
      }
    }
  }

  /** The totals so far, as text of several lines. */
  public String totals() {
    long gone = dropped.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%d pairs, %d kept, %d dropped%n", pairs, pairs - gone, gone));
    dropped.forEach(
        (name, count) -> text.append(String.format(Locale.ROOT, "  %-18s %d%n", name, count)));
    text.append(
        String.format(Locale.ROOT, "%d of those kept are changed by normalizing%n", changed));
    return text.toString();
  }
}
