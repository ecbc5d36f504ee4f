package org.yuqiao.corpus.clean;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.files.InvalidInputException;

/** The pairs of corpora that cleaning keeps; every iteration reads and cleans them anew. */
public final class CleanedCorpus implements Iterable<SentencePair> {
  private final List<String> files;
  private final CorpusSettings settings;
  private final List<String> heldOut;
  private final long maxPairs;

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
    this.files = List.copyOf(files);
    this.settings = settings;
    this.heldOut = List.copyOf(heldOut);
    this.maxPairs = maxPairs > 0 ? maxPairs : Long.MAX_VALUE;
  }

  /**
   * The kept pairs in order, at least one.
   *
   * @throws InvalidInputException when a corpus cannot be read, or no pair is kept
   */
  @Override
  public Iterator<SentencePair> iterator() {
    return new KeptPairs();
  }

  private final class KeptPairs implements Iterator<SentencePair> {
    private final Cleaning cleaning = Cleaning.of(settings, heldOut);
    private final Iterator<String> names = files.iterator();
    private Optional<PairRecordReader> reader = Optional.empty();
    private long kept;
    private Optional<SentencePair> ahead = advance();

    private Optional<SentencePair> advance() {
      while (kept < maxPairs) {
        if (reader.isEmpty()) {
          if (!names.hasNext()) {
            if (kept == 0) {
              throw new InvalidInputException(nothingKept());
            }
            return Optional.empty();
          }
          reader = Optional.of(new CorpusFiles(names.next()).open());
        }
        while (reader.get().hasNext()) {
          Cleaning.Outcome outcome = cleaning.apply(reader.get().nextPair());
          if (outcome.droppedBy().isEmpty()) {
            kept++;
            return Optional.of(outcome.pair());
          }
        }
        reader = Optional.empty();
      }
      return Optional.empty();
    }

    private String nothingKept() {
      String corpora = String.join(", ", files);
      if (cleaning.droppedPairs() == 0) {
        return "there is no sentence pair in " + corpora;
      }
      String reasons =
          cleaning.dropped().entrySet().stream()
              .map(step -> step.getValue() + " " + step.getKey())
              .collect(Collectors.joining(", "));
      return "all "
          + cleaning.droppedPairs()
          + " pairs of "
          + corpora
          + " were dropped: "
          + reasons
          + "; see data check";
    }

    @Override
    public boolean hasNext() {
      return ahead.isPresent();
    }

    @Override
    public SentencePair next() {
      SentencePair pair = ahead.orElseThrow(() -> new NoSuchElementException("no more pairs"));
      ahead = advance();
      return pair;
    }
  }
}
