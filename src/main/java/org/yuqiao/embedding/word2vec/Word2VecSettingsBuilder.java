package org.yuqiao.embedding.word2vec;

/**
 * Builds {@link Word2VecSettings} from the defaults of word2vec.c; each method sets the component
 * of its name.
 */
public final class Word2VecSettingsBuilder {
  private Word2VecAlgorithm algorithm;
  private int dimension = 100;
  private int window = 5;
  private int negative = 5;
  private boolean shareNegatives = true;
  private double sample = 1e-3;
  private int minimumCount = 5;
  private int epochs = 5;
  private double alpha;
  private int threads = 1;
  private long seed = 1;

  Word2VecSettingsBuilder(Word2VecAlgorithm algorithm) {
    algorithm(algorithm);
  }

  Word2VecSettingsBuilder(Word2VecSettings settings) {
    this.algorithm = settings.algorithm();
    this.dimension = settings.dimension();
    this.window = settings.window();
    this.negative = settings.negative();
    this.shareNegatives = settings.shareNegatives();
    this.sample = settings.sample();
    this.minimumCount = settings.minimumCount();
    this.epochs = settings.epochs();
    this.alpha = settings.alpha();
    this.threads = settings.threads();
    this.seed = settings.seed();
  }

  /** Sets the algorithm and, with it, its default learning rate. */
  public Word2VecSettingsBuilder algorithm(Word2VecAlgorithm value) {
    this.algorithm = value;
    this.alpha = value.defaultAlpha();
    return this;
  }

  public Word2VecSettingsBuilder dimension(int value) {
    this.dimension = value;
    return this;
  }

  public Word2VecSettingsBuilder window(int value) {
    this.window = value;
    return this;
  }

  public Word2VecSettingsBuilder negative(int value) {
    this.negative = value;
    return this;
  }

  public Word2VecSettingsBuilder shareNegatives(boolean value) {
    this.shareNegatives = value;
    return this;
  }

  public Word2VecSettingsBuilder sample(double value) {
    this.sample = value;
    return this;
  }

  public Word2VecSettingsBuilder minimumCount(int value) {
    this.minimumCount = value;
    return this;
  }

  public Word2VecSettingsBuilder epochs(int value) {
    this.epochs = value;
    return this;
  }

  public Word2VecSettingsBuilder alpha(double value) {
    this.alpha = value;
    return this;
  }

  public Word2VecSettingsBuilder threads(int value) {
    this.threads = value;
    return this;
  }

  public Word2VecSettingsBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.yuqiao.files.InvalidInputException if a value is out of range
   */
  public Word2VecSettings build() {
    return new Word2VecSettings(
        algorithm,
        dimension,
        window,
        negative,
        shareNegatives,
        sample,
        minimumCount,
        epochs,
        alpha,
        threads,
        seed);
  }
}
