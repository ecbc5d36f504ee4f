package org.yuqiao.corpus.clean;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;

/** The pairs of some files that cleaning keeps, read again at each iteration. */
public final class CleanedCorpus implements Iterable<SentencePair> {
  private final List<String> files;
  private final CorpusSettings settings;
  private final List<String> heldOut;
  private final long most;

  /** The pairs of {@code files} without those that overlap with {@code heldOut}. */
  public CleanedCorpus(List<String> files, CorpusSettings settings, List<String> heldOut) {
    this(files, settings, heldOut, 0);
  }

  /**
   * The first pairs of {@code files} without those that overlap with {@code heldOut}.
   *
   * @param most how many; 0 for all
   */
  public CleanedCorpus(
      List<String> files, CorpusSettings settings, List<String> heldOut, long most) {
    this.files = List.copyOf(files);
    this.settings = settings;
    this.heldOut = List.copyOf(heldOut);
    this.most = most > 0 ? most : Long.MAX_VALUE;
  }

  @Override
  public Iterator<SentencePair> iterator() {
    Cleaning cleaning = Cleaning.of(settings, heldOut);
    Iterator<String> names = files.iterator();
    return new Iterator<>() {
      private Optional<PairRecordReader> reader = Optional.empty();
      private long given;
      private Optional<SentencePair> ahead = advance();

      private Optional<SentencePair> advance() {
        while (given < most) {
          if (reader.isEmpty()) {
            if (!names.hasNext()) {
              return Optional.empty();
            }
            reader = Optional.of(new CorpusFiles(names.next()).open());
          }
          while (reader.get().hasNext()) {
            Cleaning.Outcome outcome = cleaning.apply(reader.get().nextPair());
            if (outcome.droppedBy().isEmpty()) {
              given++;
              return Optional.of(outcome.pair());
            }
          }
          reader = Optional.empty();
        }
        return Optional.empty();
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
    };
  }
}
