package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.word2vec.CorpusSide;
import org.yuqiao.embedding.word2vec.PlainText;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;
import picocli.CommandLine.Option;

/** The options of every command that trains word vectors. */
final class Word2VecOptions {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Plain text, a sentence a line; with --column pairs as .tsv, .jsonl, .tmx or a.zh,a.en.")
  private List<String> inputs;

  @Option(
      names = "--column",
      paramLabel = "zh|en",
      description = "Trains on this side of sentence pairs.")
  private Optional<String> column = Optional.empty();

  @Option(
      names = "--segmentation",
      paramLabel = "KIND",
      description =
          "whitespace, word (HanLP's words in Chinese) or character; whitespace for plain text,"
              + " word for pairs when not given.")
  private Optional<String> segmentation = Optional.empty();

  @Option(names = "--lowercase", description = "Makes capital letters small.")
  private boolean lowercase;

  @Option(names = "--dim", defaultValue = "100", description = "Dimensions (${DEFAULT-VALUE}).")
  private int dimension;

  @Option(
      names = "--window",
      defaultValue = "5",
      description = "Most words of context on each side (${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--negative",
      defaultValue = "5",
      description = "Noise words for each prediction (${DEFAULT-VALUE}).")
  private int negative;

  @Option(
      names = "--hierarchical-softmax",
      description = "Predicts along a Huffman tree, without noise words.")
  private boolean hierarchicalSoftmax;

  @Option(
      names = "--share-negatives",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Skip-gram draws noise words once for a window; with --no-share-negatives once for each"
              + " context word.")
  private boolean shareNegatives;

  @Option(
      names = "--sample",
      defaultValue = "1e-3",
      description = "Words more frequent than this are thinned out; 0 for none (${DEFAULT-VALUE}).")
  private double sample;

  @Option(
      names = "--min-count",
      defaultValue = "5",
      description = "Rarer words are left out (${DEFAULT-VALUE}).")
  private int minimumCount;

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Passes over the text (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--alpha",
      description =
          "First learning rate (0.05 for cbow, 0.075 for cbow-corrected, 0.025 for skipgram).")
  private Optional<Double> alpha = Optional.empty();

  @Option(
      names = "--threads",
      defaultValue = "0",
      description =
          "Threads; 0 means one a processor. With 1 the same seed gives the same vectors.")
  private int threads;

  @Option(names = "--seed", defaultValue = "1", description = "Of all draws (${DEFAULT-VALUE}).")
  private long seed;

  /** The settings for {@code algorithm}. */
  Word2VecSettings settings(Word2VecAlgorithm algorithm) {
    if (negative < 1 && !hierarchicalSoftmax) {
      throw new InvalidInputException(
          "negative must be at least 1, not " + negative + "; or give --hierarchical-softmax");
    }
    return new Word2VecSettings(
        algorithm,
        dimension,
        window,
        hierarchicalSoftmax ? 0 : negative,
        shareNegatives,
        sample,
        minimumCount,
        epochs,
        alpha.orElse(algorithm.defaultAlpha()),
        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
        seed);
  }

  /** The text. */
  SentenceSource source() {
    return column.isPresent()
        ? side()
        : new PlainText(inputs.stream().map(Path::of).toList(), segmenter());
  }

  /**
   * The text, which must be a side of sentence pairs.
   *
   * @throws InvalidInputException when no side was chosen
   */
  CorpusSide side() {
    Language language =
        Language.of(
            column.orElseThrow(
                () ->
                    new InvalidInputException(
                        "--model is for sentence pairs: choose --column zh or en")));
    return new CorpusSide(inputs.stream().map(CorpusFiles::new).toList(), language, segmenter());
  }

  private WordSegmenter segmenter() {
    WordSegmenter.Kind kind =
        segmentation
            .map(WordSegmenter.Kind::of)
            .orElse(column.isPresent() ? WordSegmenter.Kind.WORD : WordSegmenter.Kind.WHITESPACE);
    return new WordSegmenter(kind, lowercase);
  }

  /** The files as they were named. */
  List<String> inputs() {
    return inputs;
  }
}
