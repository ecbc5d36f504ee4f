package org.yuqiao.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.InvalidInputException;

/**
 * What the embedding matrices start from.
 *
 * @param init {@code random}, {@code cbow}, {@code cbow-corrected}, {@code skipgram} or a file of
 *     word vectors
 * @param source for the source side alone: {@code same} or one of those
 * @param target for the target side alone
 * @param freeze which matrices training leaves as they start
 * @param window words of context on each side, where vectors are trained
 * @param epochs epochs over the training split, where vectors are trained
 */
public record EmbeddingSettings(
    String init, String source, String target, Freeze freeze, int window, int epochs) {
  private static final String RANDOM = "random";
  private static final String SAME = "same";

  /** Which sides keep their first values. */
  public enum Freeze {
    /** No side. */
    NONE,
    /** The side translated from. */
    SOURCE,
    /** The side translated into, and with it a tied output layer. */
    TARGET,
    /** Both. */
    BOTH;

    public boolean source() {
      return this == SOURCE || this == BOTH;
    }

    public boolean target() {
      return this == TARGET || this == BOTH;
    }
  }

  /** Checks the limits. */
  public EmbeddingSettings {
    if (window < 1 || epochs < 1) {
      throw new InvalidInputException("embedding.window and embedding.epochs must be at least 1");
    }
  }

  /** Where the source side's values come from. */
  public String ofSource() {
    return source.equals(SAME) ? init : source;
  }

  /** Where the target side's values come from. */
  public String ofTarget() {
    return target.equals(SAME) ? init : target;
  }

  /** The files that values are read from. */
  public List<String> files() {
    return Stream.of(ofSource(), ofTarget())
        .distinct()
        .filter(origin -> !isRandom(origin) && algorithm(origin).isEmpty())
        .toList();
  }

  /** Whether all values are drawn and trained. */
  boolean startsRandom() {
    return isRandom(ofSource()) && isRandom(ofTarget()) && freeze == Freeze.NONE;
  }

  public static boolean isRandom(String origin) {
    return origin.equals(RANDOM);
  }

  /** The algorithm that trains the values, if they are trained. */
  public static Optional<Word2VecAlgorithm> algorithm(String origin) {
    return Arrays.stream(Word2VecAlgorithm.values())
        .filter(algorithm -> algorithm.key().equals(origin))
        .findFirst();
  }

  /** Checks what other sections have a say in. */
  void check(boolean shared, double weightDecay) {
    if (shared && !ofSource().equals(ofTarget())) {
      throw new InvalidInputException(
          "embedding.source and embedding.target must be the same with model.weightTying three-way: there is one"
              + " matrix");
    }
    if (shared && freeze.source() != freeze.target()) {
      throw new InvalidInputException(
          "embedding.freeze must be none or both with model.weightTying three-way, not "
              + freeze.name().toLowerCase(Locale.ROOT));
    }
    if (freeze != Freeze.NONE && weightDecay > 0) {
      throw new InvalidInputException(
          "embedding.freeze cannot be had with optimizer.weightDecay above 0, which changes every"
              + " parameter");
    }
  }
}
