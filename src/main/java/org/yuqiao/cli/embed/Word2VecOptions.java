package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.cli.console.OptionValues;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.MergedSentence;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.word2vec.BilingualCorpus;
import org.yuqiao.embedding.word2vec.CorpusSide;
import org.yuqiao.embedding.word2vec.PlainText;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.embedding.word2vec.Word2VecSettingsBuilder;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;
import picocli.CommandLine.Option;

/** The options of the commands that train word vectors. */
final class Word2VecOptions {
  private static final int DEFAULT_NEGATIVE = 5;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Plain text, one sentence per line; with --column or --bilingual: .tsv, .jsonl, .tmx or"
              + " a.zh,a.en, and with --column plain sentences as a.zh.")
  private List<String> inputs;

  @Option(
      names = "--column",
      paramLabel = "zh|en",
      description = "Trains on one side of sentence pairs, and on plain text of that language.")
  private Optional<String> column = Optional.empty();

  @Option(
      names = "--bilingual",
      description =
          "Trains on both sides of sentence pairs, merged word by word, so that a word is near its translations.")
  private boolean bilingual;

  @Option(
      names = "--segmentation",
      paramLabel = "KIND",
      description =
          "whitespace, word (HanLP for Chinese) or character (default: whitespace for plain text,"
              + " word for pairs).")
  private Optional<String> segmentation = Optional.empty();

  @Option(names = "--lowercase", description = "Converts text to lower case.")
  private boolean lowercase;

  @Option(
      names = "--dim",
      defaultValue = "100",
      description = "Vector size (default: ${DEFAULT-VALUE}).")
  private int dimension;

  @Option(
      names = "--window",
      defaultValue = "5",
      description =
          "Maximum context words on each side, of each language (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--negative", description = "Negative samples per prediction (default: 5).")
  private Optional<Integer> negative = Optional.empty();

  @Option(
      names = "--hierarchical-softmax",
      description = "Uses hierarchical softmax instead of negative sampling.")
  private boolean hierarchicalSoftmax;

  @Option(
      names = "--share-negatives",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Skip-gram draws negative samples once per window (default); with --no-share-negatives"
              + " once per context word.")
  private boolean shareNegatives;

  @Option(
      names = "--sample",
      defaultValue = "1e-3",
      description = "Subsampling threshold of frequent words; 0: none (default: ${DEFAULT-VALUE}).")
  private double sample;

  @Option(
      names = "--min-count",
      defaultValue = "5",
      description = "Minimum frequency of a word (default: ${DEFAULT-VALUE}).")
  private int minimumCount;

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Epochs (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--alpha",
      description =
          "Initial learning rate (default: 0.05 for cbow, 0.075 for cbow-corrected, 0.025 for skipgram).")
  private Optional<Double> alpha = Optional.empty();

  @Option(
      names = "--threads",
      defaultValue = "0",
      description =
          "Threads; 0: one per processor (default). With 1 the same seed gives the same vectors.")
  private int threads;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The settings for {@code algorithm}. */
  Word2VecSettings settings(Word2VecAlgorithm algorithm) {
    UsageException.refuseIf(
        hierarchicalSoftmax && (negative.orElse(0) > 0 || !shareNegatives),
        "--negative and --no-share-negatives have no effect with --hierarchical-softmax");
    int noise = negative.orElse(DEFAULT_NEGATIVE);
    UsageException.refuseIf(
        noise < 1 && !hierarchicalSoftmax,
        "--negative must be at least 1, not " + noise + "; or give --hierarchical-softmax");
    Word2VecSettingsBuilder settings =
        Word2VecSettings.builder(algorithm)
            .dimension(dimension)
            .negative(hierarchicalSoftmax ? 0 : noise)
            .shareNegatives(shareNegatives)
            .sample(sample)
            .minimumCount(minimumCount)
            .epochs(epochs)
            .alpha(alpha.orElse(algorithm.defaultAlpha()))
            .threads(Threading.count(threads))
            .seed(seed);
    return OptionValues.of(
        () -> settings.window(bilingual ? MergedSentence.window(window) : window).build(),
        sentence -> "--" + sentence);
  }

  /** Refuses --no-share-negatives for an algorithm that predicts once per window. */
  void refuseUnshared(Word2VecAlgorithm algorithm) {
    UsageException.refuseIf(
        !shareNegatives && algorithm != Word2VecAlgorithm.SKIP_GRAM,
        "--no-share-negatives has no effect with --algorithm " + algorithm.key());
  }

  /** The text. */
  SentenceSource source() {
    UsageException.refuseIf(
        bilingual && column.isPresent(), "--bilingual and --column exclude each other");
    if (bilingual) {
      return new BilingualCorpus(corpora(), segmenter());
    }
    return column.isPresent()
        ? side()
        : new PlainText(inputs.stream().map(Path::of).toList(), segmenter());
  }

  /**
   * One side of sentence pairs.
   *
   * @throws UsageException without --column
   */
  CorpusSide side() {
    UsageException.refuseIf(
        bilingual, "--model holds vectors of one language; with --bilingual give --output");
    Language language =
        Language.of(
            column.orElseThrow(
                () -> new UsageException("--model needs sentence pairs; give --column zh or en")));
    return new CorpusSide(corpora(), language, segmenter());
  }

  private List<CorpusFiles> corpora() {
    return inputs.stream().map(CorpusFiles::new).toList();
  }

  private WordSegmenter segmenter() {
    WordSegmenter.Kind kind =
        segmentation
            .map(WordSegmenter.Kind::of)
            .orElse(
                bilingual || column.isPresent()
                    ? WordSegmenter.Kind.WORD
                    : WordSegmenter.Kind.WHITESPACE);
    return new WordSegmenter(kind, lowercase);
  }

  /** The input files as given. */
  List<String> inputs() {
    return inputs;
  }
}
