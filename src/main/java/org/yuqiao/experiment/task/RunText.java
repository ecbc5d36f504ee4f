package org.yuqiao.experiment.task;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yuqiao.corpus.clean.PairFile;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The sentence pairs and tokenizers of a run. The training split is cleaned once and kept in a
 * working file until it is encoded; each tokenizer is read once.
 */
final class RunText {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Map<Language, Tokenizer> tokenizers = new EnumMap<>(Language.class);
  private Optional<PairFile> training = Optional.empty();
  private List<SentencePair> validation = List.of();

  RunText(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
  }

  /**
   * The cleaned training pairs. A file left over by a killed process is replaced.
   *
   * @throws InvalidInputException when a corpus cannot be read, or no pair is kept
   */
  PairFile training() {
    if (training.isEmpty()) {
      training = Optional.of(PairFile.write(run.cleanedPairs(), settings.trainingPairs()));
    }
    return training.get();
  }

  /** The given sides of the cleaned training pairs, pair by pair. */
  Stream<String> training(Language... sides) {
    return StreamSupport.stream(training().spliterator(), false)
        .flatMap(pair -> Stream.of(sides).map(pair::side));
  }

  /** Deletes the cleaned training pairs. */
  void releaseTraining() {
    training = Optional.empty();
    try {
      Files.deleteIfExists(run.cleanedPairs());
    } catch (IOException e) {
      // A file left over does no harm: it is never read again.
    }
  }

  /**
   * The cleaned validation pairs, read once.
   *
   * @throws InvalidInputException when a corpus cannot be read, or no pair is kept
   */
  List<SentencePair> validation() {
    if (validation.isEmpty()) {
      List<SentencePair> pairs = new ArrayList<>();
      settings.data().validationPairs().forEach(pairs::add);
      validation = pairs;
    }
    return validation;
  }

  /** One side of the cleaned validation pairs. */
  Stream<String> validation(Language side) {
    return validation().stream().map(pair -> pair.side(side));
  }

  /**
   * One side of test corpora, normalized, without further cleaning.
   *
   * @throws InvalidInputException when there is no text
   */
  static List<String> test(List<String> corpora, Language side, TextNormalizer normalizer) {
    List<String> sentences = new ArrayList<>();
    for (String corpus : corpora) {
      new CorpusFiles(corpus).forEach(pair -> sentences.add(normalizer.apply(pair.side(side))));
    }
    if (sentences.stream().allMatch(String::isBlank)) {
      throw new InvalidInputException("there is no sentence in " + String.join(", ", corpora));
    }
    return sentences;
  }

  /**
   * Checks before training that every split has usable text.
   *
   * @throws InvalidInputException when no training or validation pair is kept, or a test side is
   *     empty
   */
  void requireUsable(Language... sides) {
    validation();
    for (Language side : sides) {
      TextNormalizer normalizer = TextNormalizer.of(side, settings.data().cleaning().simplify());
      test(settings.data().tested(), side, normalizer);
    }
    training();
  }

  /** The tokenizer of a language. */
  Tokenizer tokenizer(Language language) {
    return tokenizers.computeIfAbsent(language, run::loadTokenizer);
  }

  /** Learns a tokenizer of one language and writes it into the run folder. */
  void learnTokenizer(Language language, Stream<String> sentences) {
    run.saveTokenizer(language, settings.tokenizerLearner(language).learn(sentences));
  }

  /** Learns one tokenizer of both languages from the training pairs and writes it for each. */
  void learnJointTokenizer() {
    Tokenizer tokenizer =
        settings
            .tokenizerLearner(settings.source())
            .learn(training(settings.source(), settings.target()));
    for (Language language : Language.values()) {
      run.saveTokenizer(language, tokenizer);
    }
  }
}
