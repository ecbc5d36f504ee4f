package org.yuqiao.experiment;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.decode.Hypothesis;
import org.yuqiao.decode.Translator;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Checkpoints;

/** A run's model, ready to translate text: normaliser, tokenizers, weights. */
public final class TrainedModel implements AutoCloseable {
  private final ExperimentSettings settings;
  private final TextNormalizer normalizer;
  private final Tokenizer source;
  private final Tokenizer target;
  private final Translator translator;

  /**
   * A translation as text.
   *
   * @param text the sentence
   * @param score what it was ranked by: log-probability over length penalty
   */
  public record Translation(String text, double score) {}

  /**
   * Loads the model of a run.
   *
   * @throws BadInput when the folder is no run, or its training has not ended
   */
  public TrainedModel(RunFolder run, DecodingSettings decoding, Backend backend) {
    this.settings = run.loadSettings();
    if (!Files.isRegularFile(run.model())) {
      throw new BadInput(
          run.path()
              + " has no model yet; go on training with: ./yuqiao train --resume "
              + run.path());
    }
    this.normalizer = TextNormalizer.of(settings.source(), settings.data().cleaning().simplify());
    this.source = run.loadTokenizer(settings.source());
    this.target = run.loadTokenizer(settings.target());
    EncoderDecoder model =
        new EncoderDecoder(
            settings.model(),
            new EncoderDecoder.Vocabularies(
                source.size(), target.size(), settings.subwords().joint()),
            DataType.FLOAT);
    ParameterBuffer parameters = model.initialise(0);
    Checkpoints.loadWeights(run.model(), parameters);
    this.translator = new Translator(model, parameters, backend, decoding);
  }

  /** The settings it was trained with. */
  public ExperimentSettings settings() {
    return settings;
  }

  /** The best translations of each sentence, the best first, in the order of the sentences. */
  public List<List<Translation>> translate(List<String> sentences, LongConsumer progress) {
    List<int[]> ids = sentences.stream().map(normalizer::apply).map(source::encode).toList();
    List<List<Translation>> result = new ArrayList<>();
    for (List<Hypothesis> hypotheses : translator.translate(ids, progress)) {
      result.add(
          hypotheses.stream()
              .map(h -> new Translation(target.decode(h.tokens()), h.score()))
              .toList());
    }
    return result;
  }

  @Override
  public void close() {
    translator.close();
  }
}
