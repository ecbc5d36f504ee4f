package org.yuqiao.experiment.task;

import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.batch.UnigramEntropy;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.text.normalize.TextNormalizer;

/** What the tasks of an encoder alone have in common: one language, and a start. */
abstract sealed class EncoderTask implements Task permits LabelingTask, MaskedTask {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Language language;
  private final EncoderStart encoderStart;

  EncoderTask(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
    this.language = settings.data().language();
    this.encoderStart = new EncoderStart(settings, language);
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

  final Tokenizer tokenizer() {
    return run.loadTokenizer(language);
  }

  final TextNormalizer normalizer() {
    return settings.normalizer();
  }

  @Override
  public abstract EncoderOnly model();

  /** The text that subwords are learned from, normalized. */
  abstract Stream<String> text();

  @Override
  public void prepare() {
    TokenizerLearner learner =
        new TokenizerLearner(settings.subwords().settings(), language == Language.EN);
    run.saveTokenizer(language, encoderStart.tokenizer().orElseGet(() -> learner.learn(text())));
  }

  @Override
  public final Set<String> frozen() {
    return Set.of();
  }

  @Override
  public final void start(ParameterBuffer parameters, ProgressListener listener) {
    Iterator<Example> examples = examples();
    double nats = UnigramEntropy.of(examples, LabeledBatch.NONE);
    listener.say(
        String.format(
            Locale.ROOT,
            "unigram baseline of the targets: %.3f nats, perplexity %.2f",
            nats,
            Math.exp(nats)));
    encoderStart.fill(parameters, listener);
  }
}
