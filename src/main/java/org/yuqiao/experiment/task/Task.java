package org.yuqiao.experiment.task;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.model.Model;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Collator;
import org.yuqiao.train.Validator;

/** What a run teaches its model: which examples, what is predicted, how that is measured. */
public interface Task {
  /** The task of a run with the given settings. */
  static Task of(ExperimentSettings settings, RunFolder run) {
    return switch (settings.model().kind()) {
      case ENCODER_DECODER, RECURRENT -> new TranslationTask(settings, run);
      case DECODER_ONLY -> new LanguageModelTask(settings, run);
      case ENCODER_ONLY -> EncoderTask.of(settings, run);
    };
  }

  /** Learns vocabularies from the training split and writes them into the run's folder. */
  void prepare();

  /** The model, once vocabularies are there. */
  Model model();

  /** The names of parameters that training leaves as they start. */
  Set<String> frozen();

  /** Replaces random first values by what the settings say. */
  void start(ParameterBuffer parameters, ProgressListener listener);

  /** The examples of the training split. */
  Iterator<Example> examples();

  /** How examples are fed to the model. */
  Collator collator();

  /** What measures the model on the validation split while it is trained. */
  Validator validator(ParameterBuffer parameters, Backend backend);

  /**
   * Measures the trained model of the run.
   *
   * @param corpora the test corpora, taken together as they are: nothing is cleaned away
   * @param progress receives the number of finished sentences
   * @throws org.yuqiao.files.InvalidInputException when a corpus cannot be read, or training has
   *     not ended
   */
  Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress);

  /** How the report calls what it shows. */
  Wording wording();

  /**
   * Words of a report.
   *
   * @param how the test was made, as "beam 5"
   * @param samples what the sample sentences are
   * @param input the heading of what the model was given
   * @param output of what it made of it
   * @param reference of what was expected
   */
  record Wording(String how, String samples, String input, String output, String reference) {}
}
