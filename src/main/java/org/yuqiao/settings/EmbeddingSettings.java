package org.yuqiao.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.embedding.vectors.MergedSentence;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;

/**
 * The initialization of the embedding matrices.
 *
 * @param init {@code random}, {@code cbow}, {@code cbow-corrected} or {@code skipgram}, each also
 *     as {@code bilingual-skipgram}, or a file of word vectors
 * @param source of the source side: {@code same} (as {@code init}) or one of its values
 * @param target of the target side: likewise
 * @param freeze sides whose matrices are not trained
 * @param freezeSteps steps after which they are trained all the same; 0: never
 * @param removedComponents principal components that are removed from word vectors
 * @param text further text that Word2Vec learns from
 * @param window context words of a language on each side in Word2Vec training
 * @param epochs of Word2Vec training
 */
public record EmbeddingSettings(
    String init,
    String source,
    String target,
    Freeze freeze,
    int freezeSteps,
    int removedComponents,
    List<String> text,
    int window,
    int epochs) {
  private static final String RANDOM = "random";
  private static final String SAME = "same";
  private static final String BILINGUAL = "bilingual-";

  /** Sides whose embeddings are not trained. */
  public enum Freeze {
    /** Neither side. */
    NONE,
    /** The source side. */
    SOURCE,
    /** The target side and, if tied, the output layer. */
    TARGET,
    /** Both sides. */
    BOTH;

    public boolean source() {
      return this == SOURCE || this == BOTH;
    }

    public boolean target() {
      return this == TARGET || this == BOTH;
    }
  }

  /** Checks the ranges. */
  public EmbeddingSettings {
    text = List.copyOf(text);
    text.forEach(name -> FilePath.require(name, "embedding.text"));
    FilePath.require(init, "embedding.init");
    FilePath.require(source, "embedding.source");
    FilePath.require(target, "embedding.target");
    InvalidInputException.require(
        window >= 1 && window <= MergedSentence.MAX_WINDOW,
        "embedding.window must be from 1 to " + MergedSentence.MAX_WINDOW + ", not " + window);
    InvalidInputException.require(
        epochs >= 1, "embedding.epochs must be at least 1, not " + epochs);
    InvalidInputException.require(
        freezeSteps >= 0, "embedding.freezeSteps must be at least 0, not " + freezeSteps);
    InvalidInputException.require(
        removedComponents >= 0,
        "embedding.removedComponents must be at least 0, not " + removedComponents);
    InvalidInputException.require(
        freezeSteps == 0 || freeze != Freeze.NONE,
        "embedding.freezeSteps needs a side that is frozen; set embedding.freeze to source, target or both");
    InvalidInputException.require(
        text.isEmpty()
            || Stream.of(init, source, target).anyMatch(origin -> algorithm(origin).isPresent()),
        "embedding.text needs word vectors that are trained; set embedding.init to cbow, cbow-corrected or"
            + " skipgram");
    InvalidInputException.require(
        origin(source, init).equals(origin(target, init))
            || Stream.of(init, source, target).noneMatch(EmbeddingSettings::isBilingual),
        "embedding.init "
            + BILINGUAL
            + "... learns both sides together; leave embedding.source and embedding.target");
  }

  /** The initialization of the source side. */
  public String ofSource() {
    return origin(source, init);
  }

  /** The initialization of the target side. */
  public String ofTarget() {
    return origin(target, init);
  }

  /** Whether word vectors of both sides are learned together, in one space, from merged pairs. */
  public boolean bilingual() {
    return isBilingual(ofSource());
  }

  private static boolean isBilingual(String origin) {
    return origin.startsWith(BILINGUAL) && algorithm(origin).isPresent();
  }

  private static String origin(String side, String init) {
    return side.equals(SAME) ? init : side;
  }

  /**
   * Context words on each side in the text that Word2Vec reads: of both languages, if bilingual.
   */
  public int wordWindow() {
    return bilingual() ? MergedSentence.window(window) : window;
  }

  /** The word-vector files that are read. */
  public List<String> files() {
    return Stream.of(ofSource(), ofTarget())
        .distinct()
        .filter(origin -> !isRandom(origin) && algorithm(origin).isEmpty())
        .toList();
  }

  /** Whether both sides are initialized at random and trained. */
  boolean startsRandom() {
    return isRandom(ofSource()) && isRandom(ofTarget()) && freeze == Freeze.NONE;
  }

  public static boolean isRandom(String origin) {
    return origin.equals(RANDOM);
  }

  /** The Word2Vec algorithm called {@code origin}; empty for {@code random} and files. */
  public static Optional<Word2VecAlgorithm> algorithm(String origin) {
    String key = origin.startsWith(BILINGUAL) ? origin.substring(BILINGUAL.length()) : origin;
    return Arrays.stream(Word2VecAlgorithm.values())
        .filter(algorithm -> algorithm.key().equals(key))
        .findFirst();
  }

  /**
   * Checks rules that involve other sections.
   *
   * @param width of the embeddings
   * @param shared whether both sides have one matrix
   */
  void check(int width, boolean shared, double weightDecay) {
    InvalidInputException.require(
        removedComponents < width,
        "embedding.removedComponents must be below model.hiddenSize, which is " + width);
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
          "embedding.freeze needs optimizer.weightDecay 0, since weight decay changes every"
              + " parameter");
    }
  }
}
