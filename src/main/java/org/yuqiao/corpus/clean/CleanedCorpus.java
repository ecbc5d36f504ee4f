package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.yuqiao.corpus.augment.Augmentation;
import org.yuqiao.corpus.augment.AugmentationSettings;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/** The pairs of corpora that cleaning keeps; each use reads and cleans them anew. */
public final class CleanedCorpus {
  private final List<String> files;
  private final CorpusSettings settings;
  private final List<String> heldOut;
  private final long maxPairs;
  private final Supplier<Augmentation> augmentation;

  /** The pairs of {@code files} without those that overlap with {@code heldOut}. */
  public CleanedCorpus(List<String> files, CorpusSettings settings, List<String> heldOut) {
    this(files, settings, heldOut, 0);
  }

  /**
   * The first pairs of {@code files} without those that overlap with {@code heldOut}.
   *
   * @param maxPairs the maximum number; 0 for all
   */
  public CleanedCorpus(
      List<String> files, CorpusSettings settings, List<String> heldOut, long maxPairs) {
    this(
        List.copyOf(files),
        settings,
        List.copyOf(heldOut),
        maxPairs > 0 ? maxPairs : Long.MAX_VALUE,
        () -> new Augmentation(AugmentationSettings.NONE, Language.ZH, 0, false));
  }

  private CleanedCorpus(
      List<String> files,
      CorpusSettings settings,
      List<String> heldOut,
      long maxPairs,
      Supplier<Augmentation> augmentation) {
    this.files = files;
    this.settings = settings;
    this.heldOut = heldOut;
    this.maxPairs = maxPairs;
    this.augmentation = augmentation;
  }

  /**
   * These pairs, each followed by the variants that data augmentation makes of it.
   *
   * @param protect whether there are variants with placeholders for protected spans
   */
  public CleanedCorpus augmented(
      AugmentationSettings augment, Language source, long seed, boolean protect) {
    return new CleanedCorpus(
        files, settings, heldOut, maxPairs, () -> new Augmentation(augment, source, seed, protect));
  }

  /**
   * Reads, cleans and augments the corpora, and passes on the pairs in order.
   *
   * @return the numbers of pairs passed on of each corpus, in order
   * @throws InvalidInputException when a corpus cannot be read, or no pair is kept
   */
  public long[] forEach(Consumer<SentencePair> pairs) {
    Cleaning cleaning = Cleaning.of(settings, heldOut);
    CleaningCounts counts = new CleaningCounts();
    Augmentation augment = augmentation.get();
    long[] sizes = new long[files.size()];
    long kept = 0;
    for (int i = 0; i < sizes.length; i++) {
      try (PairRecordReader reader = new CorpusFiles(files.get(i)).open()) {
        while (kept < maxPairs && reader.hasNext()) {
          SentencePair pair = reader.nextPair();
          Cleaning.Outcome outcome = cleaning.apply(pair);
          counts.add(pair, outcome);
          if (outcome.kept()) {
            pairs.accept(outcome.pair());
            List<SentencePair> variants = augment.variants(outcome.pair());
            variants.forEach(pairs);
            sizes[i] += 1 + variants.size();
            kept++;
          }
        }
      }
    }
    counts.requireKept(files);
    return sizes;
  }
}
