package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.embedding.word2vec.WordCounts;

/** Samples frequent, middle and rare words: the first 10 %, the next 30 % and the rest. */
public final class FrequencyBands {
  private static final int SAMPLE = 200;

  private FrequencyBands() {}

  /** Evenly spread words of each band, by the name of the band. */
  public static Map<String, List<String>> of(WordCounts words) {
    int size = words.size();
    Map<String, List<String>> bands = new LinkedHashMap<>();
    bands.put("frequent", sample(words, 0, size / 10));
    bands.put("middle", sample(words, size / 10, size * 4 / 10));
    bands.put("rare", sample(words, size * 4 / 10, size));
    return bands;
  }

  private static List<String> sample(WordCounts words, int from, int to) {
    int step = Math.max(1, (to - from) / SAMPLE);
    List<String> sample = new ArrayList<>();
    for (int i = from; i < to && sample.size() < SAMPLE; i += step) {
      sample.add(words.words().get(i));
    }
    return sample;
  }
}
