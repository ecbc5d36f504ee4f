package org.yuqiao.corpus.fetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * Splits pairs into training, validation and test. Validation and test are evenly spaced among the
 * pairs whose sentences occur in one pair only, so that no sentence, on either side, is in two
 * splits. The same pairs give the same split.
 *
 * @param train all other pairs, in order
 * @param valid every other held-out pair, from the first
 * @param test the other ones
 */
record HeldOutSplit(List<SentencePair> train, List<SentencePair> valid, List<SentencePair> test) {
  /** The share of the corpus over which held-out pairs are spaced; what is left is a reserve. */
  private static final double SPREAD = 0.6;

  /** Splits {@code pairs}; a small corpus gives fewer held-out pairs. */
  static HeldOutSplit of(List<SentencePair> pairs, PublicCorpus.HoldOut holdOut) {
    Map<String, Integer> chinese = new HashMap<>();
    Map<String, Integer> english = new HashMap<>();
    for (SentencePair pair : pairs) {
      chinese.merge(pair.chinese(), 1, Integer::sum);
      english.merge(pair.english(), 1, Integer::sum);
    }
    long singles = english.values().stream().filter(count -> count == 1).count();
    int wanted = holdOut.valid() + holdOut.test();
    long step = Math.max(1, (long) (singles * SPREAD / wanted));
    HeldOutSplit split = new HeldOutSplit(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long seen = 0;
    for (SentencePair pair : pairs) {
      boolean single = chinese.get(pair.chinese()) == 1 && english.get(pair.english()) == 1;
      split.next(pair, single && seen++ % step == 0, holdOut);
    }
    return split;
  }

  private void next(SentencePair pair, boolean mayBeHeldOut, PublicCorpus.HoldOut holdOut) {
    boolean validOpen = valid.size() < holdOut.valid();
    boolean testOpen = test.size() < holdOut.test();
    if (!mayBeHeldOut || !(validOpen || testOpen)) {
      train.add(pair);
    } else if (validOpen && (valid.size() <= test.size() || !testOpen)) {
      valid.add(pair);
    } else {
      test.add(pair);
    }
  }
}
