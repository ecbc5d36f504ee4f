package org.yuqiao.experiment;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.Labeller;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/** Tells the label of a sentence. */
public final class Classifier implements AutoCloseable {
  private final Labeller labeller;
  private final LabelSet labels;
  private final Encoding encoding;

  /** How text becomes ids: what is longer than {@code most} tokens is cut off there. */
  record Encoding(Tokenizer tokenizer, TextNormalizer normalizer, int most) {
    int[] of(String text) {
      int[] ids = tokenizer.encode(normalizer.apply(text));
      return Arrays.copyOf(ids, Math.min(most, ids.length));
    }
  }

  /** A label with its probability. */
  public record Classified(String label, double probability) {}

  Classifier(Labeller labeller, LabelSet labels, Encoding encoding) {
    this.labeller = labeller;
    this.labels = labels;
    this.encoding = encoding;
  }

  /**
   * Loads the model of a run.
   *
   * @throws org.yuqiao.files.BadInput when the folder is no run, was trained for something else, or
   *     its training has not ended
   */
  public static Classifier of(RunFolder run, Backend backend) {
    ExperimentSettings settings = run.loadSettings().require(EncoderGoal.CLASSIFICATION, run);
    ClassificationTask task = new ClassificationTask(settings, run);
    EncoderOnly model = task.model();
    Labeller labeller = new Labeller(model, ModelWeights.load(run, model), backend);
    return new Classifier(labeller, task.labels(), task.encoding());
  }

  /** The most probable label of each text. */
  public List<Classified> classify(List<String> texts) {
    return labeller.label(texts.stream().map(encoding::of).toList()).stream()
        .map(
            found ->
                new Classified(
                    labels.labels().get(found.last()),
                    found.probabilities()[found.probabilities().length - 1]))
        .toList();
  }

  @Override
  public void close() {
    labeller.close();
  }
}
