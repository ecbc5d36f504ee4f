package org.yuqiao.inference;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.EncoderObjective;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/** Predicts the label of a sentence. */
public final class Classifier implements AutoCloseable {
  private final SequenceLabeler labeler;
  private final LabelSet labels;
  private final Encoding encoding;

  /** Encodes text as ids, truncated to {@code maxTokens}. */
  public record Encoding(Tokenizer tokenizer, TextNormalizer normalizer, int maxTokens) {
    /** The token ids of {@code text}, after normalizing. */
    public int[] of(String text) {
      int[] ids = tokenizer.encode(normalizer.apply(text));
      return Arrays.copyOf(ids, Math.min(maxTokens, ids.length));
    }
  }

  /** A label with its probability. */
  public record Classified(String label, double probability) {}

  /** A classifier that {@code labeler} predicts for. */
  public Classifier(SequenceLabeler labeler, LabelSet labels, Encoding encoding) {
    this.labeler = labeler;
    this.labels = labels;
    this.encoding = encoding;
  }

  /**
   * Loads the model of a run.
   *
   * @throws org.yuqiao.files.InvalidInputException when the folder is no run, has another
   *     objective, or its training has not ended
   */
  public static Classifier of(RunFolder run, Backend backend) {
    ExperimentSettings settings =
        run.loadSettings().require(EncoderObjective.CLASSIFICATION, run.path());
    Tokenizer tokenizer = run.loadTokenizer(settings.data().language());
    LabelSet labels = LabelSet.read(run.labels());
    EncoderOnly model =
        settings.encoder(tokenizer.size(), new EncoderOnly.Output.Labels(labels.labels().size()));
    SequenceLabeler labeler = new SequenceLabeler(model, ModelWeights.load(run, model), backend);
    return new Classifier(
        labeler, labels, new Encoding(tokenizer, settings.normalizer(), settings.maxTokens()));
  }

  /** The most probable label of each text. */
  public List<Classified> classify(List<String> texts) {
    return labeler.label(texts.stream().map(encoding::of).toList()).stream()
        .map(
            predicted ->
                new Classified(
                    labels.labels().get(predicted.last()),
                    predicted.probabilities()[predicted.probabilities().length - 1]))
        .toList();
  }

  @Override
  public void close() {
    labeler.close();
  }
}
