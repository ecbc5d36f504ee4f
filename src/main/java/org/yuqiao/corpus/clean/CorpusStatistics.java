package org.yuqiao.corpus.clean;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.Scripts;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.text.normalize.TraditionalToSimplified;

/** Counts of a corpus: pairs, duplicates, lengths, distinct characters and words, script. */
public final class CorpusStatistics {
  private static final int LONGEST = 1000;

  private final TraditionalToSimplified simplified = new TraditionalToSimplified();
  private final long[] chineseLengths = new long[LONGEST + 1];
  private final long[] englishLengths = new long[LONGEST + 1];
  private final Set<Integer> characters = new HashSet<>();
  private final Set<String> words = new HashSet<>();
  private final HashedSet seen = new HashedSet();
  private long pairs;
  private long duplicates;
  private long traditional;
  private long chineseCharacters;
  private long englishWords;

  /** Counts one corpus. */
  public void add(CorpusFiles corpus, LongConsumer progress) {
    corpus.forEach(
        pair -> {
          add(pair);
          progress.accept(1);
        });
  }

  private void add(SentencePair pair) {
    pairs++;
    int[] han = pair.chinese().codePoints().filter(Scripts::isHan).toArray();
    String[] english =
        pair.english().isBlank() ? new String[0] : pair.english().strip().split("\\s+");
    chineseCharacters += han.length;
    englishWords += english.length;
    chineseLengths[Math.min(LONGEST, han.length)]++;
    englishLengths[Math.min(LONGEST, english.length)]++;
    Arrays.stream(han).forEach(characters::add);
    for (String word : english) {
      words.add(word.toLowerCase(Locale.ROOT).replaceAll("^\\P{L}+|\\P{L}+$", ""));
    }
    if (!simplified.apply(pair.chinese()).equals(pair.chinese())) {
      traditional++;
    }
    if (!seen.add(pair.chinese() + "\t" + pair.english())) {
      duplicates++;
    }
  }

  /** The figures, as text of several lines. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "pairs                 %,d%n"
            + "duplicates            %,d%n"
            + "with traditional      %,d%n"
            + "Han characters        %,d (%,d different)%n"
            + "English words         %,d (%,d different)%n"
            + "Han characters a line %s%n"
            + "English words a line  %s%n",
        pairs,
        duplicates,
        traditional,
        chineseCharacters,
        characters.size(),
        englishWords,
        words.size(),
        percentiles(chineseLengths),
        percentiles(englishLengths));
  }

  private String percentiles(long[] lengths) {
    StringBuilder text = new StringBuilder();
    for (int percent : new int[] {5, 25, 50, 75, 95, 100}) {
      long wanted = (pairs * percent + 99) / 100;
      long count = 0;
      int length = 0;
      while (length < LONGEST && count + lengths[length] < wanted) {
        count += lengths[length++];
      }
      text.append(percent == 5 ? "" : ", ").append(percent).append(" %: ").append(length);
    }
    return text.toString();
  }
}
