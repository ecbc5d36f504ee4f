package org.yuqiao.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A Chinese word with its part of speech.
 *
 * @param tag the tag of the Peking University tag set, its first letter: n noun, v verb, a
 *     adjective, d adverb, r pronoun, m number, q measure word, t time, p preposition, c
 *     conjunction, u particle, y modal particle, w punctuation, and so on
 */
public record TaggedWord(String word, String tag) {
  /** Loads HanLP's segmenter and tagger at first use. */
  private static final class Loaded {
    static final Segment SEGMENT =
        HanLP.newSegment()
            .enableNameRecognize(false)
            .enableOffset(false)
            .enablePartOfSpeechTagging(true);
  }

  /** Segments and tags {@code sentence} with HanLP; white space is dropped. */
  public static List<TaggedWord> of(String sentence) {
    List<TaggedWord> words = new ArrayList<>();
    for (Term term : Loaded.SEGMENT.seg(sentence)) {
      if (!term.word.isBlank()) {
        words.add(new TaggedWord(term.word.strip(), term.nature.toString().substring(0, 1)));
      }
    }
    return words;
  }
}
