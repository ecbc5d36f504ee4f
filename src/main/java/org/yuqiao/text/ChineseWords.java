package org.yuqiao.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/** Segments a run of Han characters into words with HanLP. */
final class ChineseWords {
  private ChineseWords() {}

  /** Loads HanLP at first use: its dictionary takes a second. */
  private static final class Loaded {
    static final Segment SEGMENT =
        HanLP.newSegment().enableNameRecognize(false).enableOffset(false);
  }

  /** The words of {@code run}; their concatenation is the run. */
  static List<String> of(String run) {
    List<String> words = new ArrayList<>();
    for (Term term : Loaded.SEGMENT.seg(run)) {
      words.add(term.word);
    }
    return String.join("", words).equals(run) ? words : List.of(run);
  }
}
