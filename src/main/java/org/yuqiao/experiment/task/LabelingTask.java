package org.yuqiao.experiment.task;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Validator;
import org.yuqiao.train.validation.LabelValidator;
import org.yuqiao.train.validation.ValidationLoss;

/**
 * Training on labeled sentences.
 *
 * @param <S> a labeled sentence
 */
abstract sealed class LabelingTask<S> extends EncoderTask permits TaggingTask, ClassificationTask {
  /** A sentence without its labels. */
  private final Function<S, ?> unlabeled;

  private List<S> training = List.of();
  private Optional<LabelSet> labels = Optional.empty();

  LabelingTask(ExperimentSettings settings, RunFolder run, Function<S, ?> unlabeled) {
    super(settings, run);
    this.unlabeled = unlabeled;
  }

  /** The sentences of a file. */
  abstract List<S> readFile(String file);

  /** The sentences as token ids with label ids. */
  abstract List<Example> encoded(List<S> sentences);

  /** The scores of the labels predicted by {@code labeler}, the validation metric first. */
  abstract Map<String, Double> scores(List<S> sentences, SequenceLabeler labeler);

  final List<S> read(List<String> files) {
    List<S> sentences = files.stream().flatMap(file -> readFile(file).stream()).toList();
    if (sentences.isEmpty()) {
      throw new InvalidInputException(
          "there is no labeled sentence in " + String.join(", ", files));
    }
    return sentences;
  }

  /**
   * The training split without the sentences of validation and test, read once.
   *
   * @throws InvalidInputException when no sentence is left
   */
  final List<S> training() {
    if (training.isEmpty()) {
      ExperimentSettings.Data data = settings().data();
      Set<Object> heldOut = new HashSet<>();
      Stream.concat(data.valid().stream(), data.test().stream())
          .forEach(file -> read(List.of(file)).forEach(one -> heldOut.add(unlabeled.apply(one))));
      training =
          read(data.train()).stream()
              .filter(sentence -> !heldOut.contains(unlabeled.apply(sentence)))
              .limit(data.maxExamples())
              .toList();
      InvalidInputException.require(
          !training.isEmpty(),
          "all sentences of "
              + String.join(", ", data.train())
              + " were dropped: each is in data.valid or data.test, too");
    }
    return training;
  }

  @Override
  public final void releaseTrainingText() {
    training = List.of();
  }

  final LabelSet labels() {
    if (labels.isEmpty()) {
      labels = Optional.of(LabelSet.read(run().labels()));
    }
    return labels.get();
  }

  @Override
  public final EncoderOnly model() {
    EncoderOnly.Output output = new EncoderOnly.Output.Labels(labels().labels().size());
    return settings().encoder(tokenizer().size(), output);
  }

  @Override
  public final Iterator<Example> examples() {
    return encoded(training()).iterator();
  }

  @Override
  public final Validator validator(ParameterBuffer parameters, Backend backend) {
    List<S> sentences = read(settings().data().valid());
    EncoderOnly model = model();
    SequenceLabeler labeler = new SequenceLabeler(model, parameters, backend);
    return new LabelValidator(
        new ValidationLoss(model, collator(), parameters, backend, encoded(sentences)),
        labeler,
        () -> scores(sentences, labeler));
  }
}
