package org.yuqiao.inference;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.experiment.task.ClassificationTask;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.EncoderObjective;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/** Tells the label of a sentence. */
public final class Classifier implements AutoCloseable {
  private final SequenceLabeler labeler;
  private final LabelSet labels;
  private final Encoding encoding;

  /** How text becomes ids: what is longer than {@code most} tokens is cut off there. */
  public record Encoding(Tokenizer tokenizer, TextNormalizer normalizer, int most) {
    public int[] of(String text) {
      int[] ids = tokenizer.encode(normalizer.apply(text));
      return Arrays.copyOf(ids, Math.min(most, ids.length));
    }
  }

  /** A label with its probability. */
  public record Classified(String label, double probability) {}

  public Classifier(SequenceLabeler labeler, LabelSet labels, Encoding encoding) {
    this.labeler = labeler;
    this.labels = labels;
    this.encoding = encoding;
  }

  /**
   * Loads the model of a run.
   *
   * @throws org.yuqiao.files.InvalidInputException when the folder is no run, was trained for
   *     something else, or its training has not ended
   */
  public static Classifier of(RunFolder run, Backend backend) {
    ExperimentSettings settings = run.loadSettings().require(EncoderObjective.CLASSIFICATION, run);
    ClassificationTask task = new ClassificationTask(settings, run);
    EncoderOnly model = task.model();
    SequenceLabeler labeler = new SequenceLabeler(model, ModelWeights.load(run, model), backend);
    return new Classifier(labeler, task.labels(), task.encoding());
  }

  /** The most probable label of each text. */
  public List<Classified> classify(List<String> texts) {
    return labeler.label(texts.stream().map(encoding::of).toList()).stream()
        .map(
            found ->
                new Classified(
                    labels.labels().get(found.last()),
                    found.probabilities()[found.probabilities().length - 1]))
        .toList();
  }

  @Override
  public void close() {
    labeler.close();
  }
}
