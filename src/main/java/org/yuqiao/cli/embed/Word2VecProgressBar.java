package org.yuqiao.cli.embed;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.yuqiao.cli.console.Terminal;
import org.yuqiao.embedding.word2vec.Word2VecProgress;

/** Shows the training of word vectors: a bar on a terminal, a few plain lines elsewhere. */
final class Word2VecProgressBar implements Consumer<Word2VecProgress>, AutoCloseable {
  private static final double SECONDS_BETWEEN_LINES = 5;

  private final String task;
  private Optional<ProgressBar> bar = Optional.empty();
  private double lastLine;

  Word2VecProgressBar(String task) {
    this.task = task;
  }

  @Override
  public void accept(Word2VecProgress progress) {
    String figures =
        String.format(
            Locale.ROOT,
            "%,.0f words/s, learning rate %.5f, loss %s",
            progress.wordsPerSecond(),
            progress.alpha(),
            loss(progress.loss()));
    boolean last = progress.words() == progress.totalWords();
    if (Terminal.isPresent()) {
      ProgressBar shown = bar.orElseGet(() -> open(progress.totalWords()));
      bar = Optional.of(shown);
      shown.stepTo(progress.words());
      shown.setExtraMessage(figures);
    } else if (last || progress.seconds() - lastLine >= SECONDS_BETWEEN_LINES) {
      lastLine = progress.seconds();
      System.err.printf(
          Locale.ROOT,
          "%s: %.0f %% of the words, %s%n",
          task,
          100.0 * progress.words() / progress.totalWords(),
          figures);
    }
  }

  /** A loss as people read it. */
  static String loss(OptionalDouble loss) {
    return loss.isPresent()
        ? String.format(Locale.ROOT, "%.4f", loss.getAsDouble())
        : "unknown (fewer than 200 sentences, none held out)";
  }

  private ProgressBar open(long words) {
    return Terminal.bar(task, " words").setInitialMax(words).build();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
