package org.yuqiao.experiment.task;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.vectors.TokenInitialization;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.FilePath;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.EmbeddingSettings;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.WordVectorsFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Initializes embedding matrices from word vectors, trained here or read from a file. Training uses
 * one thread, so that a run can be repeated bit for bit.
 */
final class EmbeddingStart {
  private final ExperimentSettings settings;
  private final EncoderDecoder model;
  private final Tokenizer source;
  private final Tokenizer target;

  EmbeddingStart(
      ExperimentSettings settings, EncoderDecoder model, Tokenizer source, Tokenizer target) {
    this.settings = settings;
    this.model = model;
    this.source = source;
    this.target = target;
  }

  /** The names of the embedding matrices that are not trained, or not at first. */
  Set<String> frozen() {
    Set<String> names = new HashSet<>();
    if (settings.embedding().freeze().source()) {
      names.add(model.sourceEmbeddingName());
    }
    if (settings.embedding().freeze().target()) {
      names.add(model.targetEmbeddingName());
    }
    return names;
  }

  /** Replaces the random values of each side whose {@code embedding.init} is not random. */
  void fill(
      ParameterBuffer parameters, Iterable<SentencePair> training, ProgressListener listener) {
    String ofSource = settings.embedding().ofSource();
    String ofTarget = settings.embedding().ofTarget();
    Side encoder = new Side(parameters, model.sourceEmbeddingName(), source, ofSource);
    Side decoder = new Side(parameters, model.targetEmbeddingName(), target, ofTarget);
    Language from = settings.source();
    Language to = settings.target();
    if (settings.model().weightTying() == WeightTying.THREE_WAY) {
      fill(encoder, text(training, source::cut, source::cut), listener);
    } else if (settings.embedding().bilingual()) {
      SentenceSource text =
          text(training, BilingualVectors.cut(from, source), BilingualVectors.cut(to, target));
      BilingualVectors vectors = new BilingualVectors(vectors(ofSource, text));
      fill(encoder, vectors.of(from), listener);
      fill(decoder, vectors.of(to), listener);
    } else {
      fill(encoder, new EmbeddingText(training, settings, Map.of(from, source::cut)), listener);
      fill(decoder, new EmbeddingText(training, settings, Map.of(to, target::cut)), listener);
    }
  }

  /**
   * An embedding matrix.
   *
   * @param tokenizer whose tokens are the rows
   * @param origin of the values, as in {@code embedding.init}
   */
  private record Side(
      ParameterBuffer parameters, String name, Tokenizer tokenizer, String origin) {}

  private SentenceSource text(
      Iterable<SentencePair> training,
      Function<String, List<String>> sourceCut,
      Function<String, List<String>> targetCut) {
    Map<Language, Function<String, List<String>>> cuts = new EnumMap<>(Language.class);
    cuts.put(settings.source(), sourceCut);
    cuts.put(settings.target(), targetCut);
    return new EmbeddingText(training, settings, cuts);
  }

  private void fill(Side side, SentenceSource text, ProgressListener listener) {
    if (!EmbeddingSettings.isRandom(side.origin)) {
      fill(side, vectors(side.origin, text), listener);
    }
  }

  /** The vectors of {@code origin}: learned from {@code text}, or read from a file. */
  private WordVectors vectors(String origin, SentenceSource text) {
    return EmbeddingSettings.algorithm(origin)
        .map(chosen -> new Word2Vec(word2vec(chosen), progress -> {}).train(text).vectors())
        .orElseGet(() -> WordVectorsFolder.read(FilePath.of(origin)));
  }

  private void fill(Side side, WordVectors vectors, ProgressListener listener) {
    INDArray matrix = side.parameters.view(side.name);
    float[] values = matrix.dup('c').data().asFloat();
    TokenInitialization.Coverage coverage =
        new TokenInitialization(
                vectors, settings.embedding().removedComponents(), settings.train().seed())
            .fill(side.tokenizer.pieces(), values);
    matrix.assign(Nd4j.createFromArray(values).reshape(matrix.shape()));
    listener.say(side.name + ", " + side.origin + ": " + coverage.sentence());
  }

  private Word2VecSettings word2vec(Word2VecAlgorithm algorithm) {
    return Word2VecSettings.builder(algorithm)
        .dimension(settings.model().hiddenSize())
        .window(settings.embedding().wordWindow())
        .minimumCount(1)
        .epochs(settings.embedding().epochs())
        .seed(settings.train().seed())
        .build();
  }
}
