package org.yuqiao.embedding.word2vec;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.yuqiao.files.InvalidInputException;

/** The training algorithms of Word2Vec: CBOW, corrected CBOW and skip-gram. */
public enum Word2VecAlgorithm {
  /**
   * Continuous bag of words (Mikolov et al., "Efficient Estimation of Word Representations in
   * Vector Space", 2013, section 3.1): the mean of the context's vectors predicts the word. As in
   * word2vec.c, every context word then receives the full gradient of the mean, as if the hidden
   * layer were a sum.
   */
  CBOW("cbow", "CBOW", 0.05),
  /**
   * CBOW with the correct gradient of a mean, divided by the number of context words (Irsoy et al.,
   * "Corrected CBOW Performs as well as Skip-gram", 2021, equation 4).
   */
  CORRECTED_CBOW("cbow-corrected", "corrected CBOW", 0.075),
  /** Skip-gram (the same paper, section 3.2): each context word's vector predicts the word. */
  SKIP_GRAM("skipgram", "skip-gram", 0.025);

  private final String key;
  private final String title;
  private final double alpha;

  Word2VecAlgorithm(String key, String title, double alpha) {
    this.key = key;
    this.title = title;
    this.alpha = alpha;
  }

  /** The key in settings. */
  public String key() {
    return key;
  }

  /** The name for tables and pictures. */
  public String title() {
    return title;
  }

  /** The initial learning rate of its authors. */
  public double defaultAlpha() {
    return alpha;
  }

  /**
   * The algorithm of a key.
   *
   * @throws InvalidInputException for an unknown key
   */
  public static Word2VecAlgorithm of(String key) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "unknown algorithm '"
                        + key
                        + "'; expected "
                        + Arrays.stream(values())
                            .map(Word2VecAlgorithm::key)
                            .collect(Collectors.joining(", "))));
  }
}
