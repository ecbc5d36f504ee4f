package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.read.CorpusFiles;

/** Reports which pairs cleaning drops and why, with totals. */
public final class CorpusCheck {
  private final Cleaning cleaning;
  private long pairs;
  private long changed;

  /** Checks with the cleaning that training with these settings uses. */
  public CorpusCheck(CorpusSettings settings, List<String> heldOut) {
    this.cleaning = Cleaning.of(settings, heldOut);
  }

  /**
   * Checks one corpus.
   *
   * @param lines receives a line for each dropped pair: its place, the step, the reason
   * @param progress receives 1 for each pair
   */
  public void run(CorpusFiles corpus, Consumer<String> lines, LongConsumer progress) {
    corpus.forEach(
        pair -> {
          Cleaning.Outcome outcome = cleaning.apply(pair);
          pairs++;
          progress.accept(1);
          if (!outcome.kept()) {
            lines.accept(pair.origin() + ": " + outcome.droppedBy() + ": " + outcome.reason());
          } else if (!outcome.pair().equals(pair)) {
            changed++;
          }
        });
  }

  /** The totals so far, as text of several lines. */
  public String totals() {
    long dropped = cleaning.droppedPairs();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%d pairs, %d kept, %d dropped%n", pairs, pairs - dropped, dropped));
    cleaning
        .dropped()
        .forEach(
            (name, count) -> text.append(String.format(Locale.ROOT, "  %-18s %d%n", name, count)));
    text.append(
        String.format(Locale.ROOT, "%d of those kept are changed by normalizing%n", changed));
    return text.toString();
  }
}
