package org.yuqiao.corpus.clean;

import org.yuqiao.corpus.pair.SentencePair;

/** A named step of cleaning, which changes a pair or drops it. */
sealed interface CleaningStep permits NormalizingTransform, PairFilter {
  /** The step's name in reports. */
  String name();

  /** Applies the step to a pair that all earlier steps have kept. */
  Cleaning.Outcome apply(SentencePair pair);
}
