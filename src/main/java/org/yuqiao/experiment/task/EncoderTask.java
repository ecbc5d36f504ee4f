package org.yuqiao.experiment.task;

import java.util.Locale;
import java.util.stream.Stream;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.batch.UnigramEntropy;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.FrozenParameters;

/** The common part of encoder-only tasks: one language, one tokenizer, a pre-trained start. */
abstract sealed class EncoderTask implements Task permits LabelingTask, MaskedTask {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Language language;
  private final EncoderStart encoderStart;
  private final RunText text;

  EncoderTask(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
    this.language = settings.data().language();
    this.encoderStart = new EncoderStart(settings, language);
    this.text = new RunText(settings, run);
  }

  /** The task that the settings name. */
  static EncoderTask of(ExperimentSettings settings, RunFolder run) {
    return switch (settings.task()) {
      case TAGGING -> new TaggingTask(settings, run);
      case CLASSIFICATION -> new ClassificationTask(settings, run);
      case MASKED -> new MaskedTask(settings, run);
    };
  }

  final ExperimentSettings settings() {
    return settings;
  }

  final RunFolder run() {
    return run;
  }

  final Language language() {
    return language;
  }

  /** The sentence pairs, for tasks that are trained on them, and the tokenizer. */
  final RunText runText() {
    return text;
  }

  final Tokenizer tokenizer() {
    return text.tokenizer(language);
  }

  final TextNormalizer normalizer() {
    return settings.normalizer();
  }

  @Override
  public abstract EncoderOnly model();

  /** The sentences that the tokenizer is learned from, normalized. */
  abstract Stream<String> sentences();

  @Override
  public void prepare() {
    encoderStart
        .tokenizer()
        .ifPresentOrElse(
            tokenizer -> run.saveTokenizer(language, tokenizer),
            () -> text.learnTokenizer(language, sentences()));
  }

  @Override
  public final FrozenParameters frozen() {
    return FrozenParameters.NONE;
  }

  @Override
  public final void start(
      ParameterBuffer parameters, EncodedCorpus corpus, ProgressListener listener) {
    double nats = UnigramEntropy.of(corpus.iterator(), LabeledBatch.NONE);
    listener.say(
        String.format(
            Locale.ROOT,
            "unigram baseline of the targets: %.3f nats, perplexity %.2f",
            nats,
            Math.exp(nats)));
    encoderStart.fill(parameters, listener);
  }
}
