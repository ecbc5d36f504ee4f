package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.train.Collator;
import org.yuqiao.train.HeldOutPairs;
import org.yuqiao.train.InputNoise;
import org.yuqiao.train.TranslationCollator;
import org.yuqiao.train.TranslationValidator;
import org.yuqiao.train.Validator;

/** Translation. */
final class TranslationTask implements Task {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Map<Language, Tokenizer> tokenizers = new EnumMap<>(Language.class);

  TranslationTask(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
  }

  @Override
  public void prepare() {
    ExperimentSettings.Subwords subwords = settings.subwords();
    if (subwords.joint()) {
      TokenizerLearner learner = new TokenizerLearner(subwords.settings(), true);
      Tokenizer tokenizer = learner.learn(sentences(settings.source(), settings.target()));
      run.saveTokenizer(Language.ZH, tokenizer);
      run.saveTokenizer(Language.EN, tokenizer);
    } else {
      for (Language language : Language.values()) {
        TokenizerLearner learner =
            new TokenizerLearner(subwords.settings(), language == Language.EN);
        Optional<Tokenizer> given =
            language == settings.source() ? encoderStart().tokenizer() : Optional.empty();
        run.saveTokenizer(language, given.orElseGet(() -> learner.learn(sentences(language))));
      }
    }
  }

  private Stream<String> sentences(Language... languages) {
    return StreamSupport.stream(trainingText().spliterator(), false)
        .flatMap(pair -> Stream.of(languages).map(pair::side));
  }

  private CleanedCorpus trainingText() {
    return settings.data().trainingPairs();
  }

  private Tokenizer source() {
    return tokenizer(settings.source());
  }

  private Tokenizer target() {
    return tokenizer(settings.target());
  }

  /** Reads each tokenizer once. */
  private Tokenizer tokenizer(Language language) {
    return tokenizers.computeIfAbsent(language, run::loadTokenizer);
  }

  @Override
  public EncoderDecoder model() {
    return settings.translationModel(source().size(), target().size());
  }

  @Override
  public Set<String> frozen() {
    return embeddings().frozen();
  }

  @Override
  public void start(ParameterBuffer parameters, ProgressListener listener) {
    embeddings().fill(parameters, trainingText(), listener);
    encoderStart().fill(parameters, listener);
  }

  private EncoderStart encoderStart() {
    return new EncoderStart(settings, settings.source());
  }

  private EmbeddingStart embeddings() {
    return new EmbeddingStart(settings, model(), source(), target());
  }

  @Override
  public Iterator<Example> examples() {
    Iterator<SentencePair> pairs = trainingText().iterator();
    Tokenizer source = source();
    Tokenizer target = target();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public Example next() {
        return encode(pairs.next(), source, target);
      }
    };
  }

  private Example encode(SentencePair pair, Tokenizer source, Tokenizer target) {
    return new Example(
        source.encode(pair.side(settings.source())), target.encode(pair.side(settings.target())));
  }

  @Override
  public Collator collator() {
    double subwordDropout = settings.subwords().dropout();
    double wordDropout = settings.train().wordDropout();
    int maxLength = settings.train().maxLength();
    return subwordDropout > 0 || wordDropout > 0
        ? new TranslationCollator(
            new InputNoise(source(), target(), subwordDropout, wordDropout, maxLength))
        : new TranslationCollator();
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    Tokenizer source = source();
    Tokenizer target = target();
    List<Example> pairs = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (SentencePair pair : settings.data().validationPairs()) {
      Example ids = encode(pair, source, target);
      if (Math.max(ids.source().length, ids.target().length) <= settings.train().maxLength()) {
        pairs.add(ids);
        references.add(pair.side(settings.target()));
      }
    }
    if (pairs.isEmpty()) {
      throw new InvalidInputException("no validation pair is left: all were dropped or too long");
    }
    return new TranslationValidator(
        model(),
        parameters,
        backend,
        new HeldOutPairs(pairs, references, target, settings.target()),
        settings.train().validationSentences());
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    try (TranslationModel model = TranslationModel.load(List.of(run.path()), backend)) {
      return Evaluation.run(model, settings.decode(), corpora, "bleu,chrf,ter", progress);
    }
  }

  @Override
  public Wording wording() {
    return new Wording(
        "beam " + settings.decode().beamSize() + ", translated",
        "Translations of the test split",
        "source",
        "translation",
        "reference");
  }
}
