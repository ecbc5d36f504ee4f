package org.yuqiao.experiment.task;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    if (settings.model().weightTying() == WeightTying.THREE_WAY) {
      EmbeddingText both = text(training, source, settings.source(), settings.target());
      fill(parameters, model.sourceEmbeddingName(), source, ofSource, both, listener);
      return;
    }
    EmbeddingText sourceText = text(training, source, settings.source());
    EmbeddingText targetText = text(training, target, settings.target());
    fill(parameters, model.sourceEmbeddingName(), source, ofSource, sourceText, listener);
    fill(parameters, model.targetEmbeddingName(), target, ofTarget, targetText, listener);
  }

  private EmbeddingText text(
      Iterable<SentencePair> training, Tokenizer tokenizer, Language... languages) {
    return new EmbeddingText(training, settings, tokenizer, List.of(languages));
  }

  private void fill(
      ParameterBuffer parameters,
      String name,
      Tokenizer tokenizer,
      String origin,
      SentenceSource text,
      ProgressListener listener) {
    if (EmbeddingSettings.isRandom(origin)) {
      return;
    }
    Optional<Word2VecAlgorithm> algorithm = EmbeddingSettings.algorithm(origin);
    WordVectors vectors =
        algorithm
            .map(chosen -> new Word2Vec(word2vec(chosen), progress -> {}).train(text).vectors())
            .orElseGet(() -> WordVectorsFolder.read(FilePath.of(origin)));
    INDArray matrix = parameters.view(name);
    float[] values = matrix.dup('c').data().asFloat();
    TokenInitialization.Coverage coverage =
        new TokenInitialization(
                vectors, settings.embedding().removedComponents(), settings.train().seed())
            .fill(tokenizer.pieces(), values);
    matrix.assign(Nd4j.createFromArray(values).reshape(matrix.shape()));
    listener.say(name + ", " + origin + ": " + coverage.sentence());
  }

  private Word2VecSettings word2vec(Word2VecAlgorithm algorithm) {
    return Word2VecSettings.builder(algorithm)
        .dimension(settings.model().hiddenSize())
        .window(settings.embedding().window())
        .minimumCount(1)
        .epochs(settings.embedding().epochs())
        .seed(settings.train().seed())
        .build();
  }
}
