package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.read.CorpusFiles;

/** Reports which pairs cleaning drops and why, with totals. */
public final class CorpusCheck {
  private final Cleaning cleaning;
  private final CleaningCounts counts = new CleaningCounts();

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
          counts.add(pair, outcome);
          progress.accept(1);
          if (!outcome.kept()) {
            lines.accept(line(outcome));
          }
        });
  }

  /** The line for a dropped pair: its place, the step, the reason. */
  public static String line(Cleaning.Outcome dropped) {
    return dropped.pair().origin() + ": " + dropped.droppedBy() + ": " + dropped.reason();
  }

  /** The totals so far, as text of several lines. */
  public String totals() {
    return counts.totals();
  }
}
