package org.yuqiao.experiment.task;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.model.Model;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.FrozenParameters;
import org.yuqiao.train.Validator;

/**
 * The objective of a run: its examples, model, validation and test. A run holds one task from
 * preparation to test; it reads corpora and tokenizers once.
 */
public interface Task {
  /** The task of a run with the given settings. */
  static Task of(ExperimentSettings settings, RunFolder run) {
    return of(settings, run, Map.of());
  }

  /**
   * The task of a run with the given settings.
   *
   * @param tokenizers of a model that translates, learned elsewhere from the same text; a language
   *     without one learns its own
   */
  static Task of(
      ExperimentSettings settings, RunFolder run, Map<Language, ? extends Tokenizer> tokenizers) {
    return switch (settings.model().kind()) {
      case ENCODER_DECODER, RECURRENT -> new TranslationTask(settings, run, tokenizers);
      case DECODER_ONLY -> new LanguageModelTask(settings, run);
      case ENCODER_ONLY -> EncoderTask.of(settings, run);
    };
  }

  /**
   * Learns tokenizers and labels from the training split and writes them into the run folder.
   *
   * @throws org.yuqiao.files.InvalidInputException when a split cannot be read, or has no usable
   *     sentence
   */
  void prepare();

  /** The model; needs the tokenizers and labels that {@link #prepare} has written. */
  Model model();

  /** The parameters that are not trained. */
  FrozenParameters frozen();

  /** The examples of the training split, in order. */
  Iterator<Example> examples();

  /**
   * The numbers of training examples of each corpus of {@code data.train}, in order; empty where
   * the corpora are one.
   */
  default long[] corpusSizes() {
    return new long[0];
  }

  /**
   * Replaces random initial values by those that the settings name, and reports baselines.
   *
   * @param corpus the encoded training split
   */
  void start(ParameterBuffer parameters, EncodedCorpus corpus, ProgressListener listener);

  /** Discards the text of the training split, which is not needed once it is encoded. */
  void releaseTrainingText();

  /** Makes batches of examples. */
  Collator collator();

  /** Measures the model on the validation split during training. */
  Validator validator(ParameterBuffer parameters, Backend backend);

  /**
   * Tests the trained model of the run.
   *
   * @param corpora the test corpora, scored together and without cleaning
   * @param progress receives the number of finished sentences
   * @throws org.yuqiao.files.InvalidInputException when a corpus cannot be read, or training has
   *     not ended
   */
  Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress);

  /** The words of the report. */
  Wording wording();

  /**
   * Words of a report.
   *
   * @param how the test was made, as "beam 5"
   * @param samples the title of the sample sentences
   * @param input the heading of the model's input
   * @param output the heading of its output
   * @param reference the heading of the expected output
   */
  record Wording(String how, String samples, String input, String output, String reference) {}
}
