package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ValidationSamples;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.FrozenParameters;
import org.yuqiao.train.InputNoise;
import org.yuqiao.train.TranslationCollator;
import org.yuqiao.train.Validator;
import org.yuqiao.train.validation.HeldOutPairs;
import org.yuqiao.train.validation.TranslationValidator;

/** Translation from one language into the other. */
final class TranslationTask implements Task {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Map<Language, Tokenizer> learned;
  private final RunText text;

  TranslationTask(
      ExperimentSettings settings, RunFolder run, Map<Language, ? extends Tokenizer> learned) {
    this.settings = settings;
    this.run = run;
    this.learned = Map.copyOf(learned);
    this.text = new RunText(settings, run);
  }

  @Override
  public void prepare() {
    text.requireUsable(Language.values());
    if (settings.start().modelFolder().isPresent()) {
      double dropout = settings.subwords().dropout();
      // A tokenizer without merges refuses dropout here instead of at the first batch.
      modelStart()
          .tokenizer(settings.source())
          .ifPresent(tokenizer -> tokenizer.encode("", dropout, new SplittableRandom()));
      for (Language language : Language.values()) {
        modelStart()
            .tokenizer(language)
            .ifPresent(tokenizer -> run.saveTokenizer(language, tokenizer));
      }
      frozen();
    } else if (settings.subwords().joint() && learned.isEmpty()) {
      text.learnJointTokenizer();
    } else {
      for (Language language : Language.values()) {
        Optional<Tokenizer> started =
            language == settings.source() ? encoderStart().tokenizer() : Optional.empty();
        Optional<Tokenizer> given = started.or(() -> Optional.ofNullable(learned.get(language)));
        given.ifPresentOrElse(
            tokenizer -> run.saveTokenizer(language, tokenizer),
            () -> text.learnTokenizer(language, text.training(language)));
      }
    }
    requirePlaceholders();
    validation();
  }

  /** Refuses a vocabulary taken over from a run without placeholders. */
  private void requirePlaceholders() {
    InvalidInputException.require(
        !settings.data().protect()
            || (source().placeholders().length > 0 && target().placeholders().length > 0),
        "data.protect needs vocabularies with placeholders; that of start.encoder was trained"
            + " without data.protect");
  }

  private Tokenizer source() {
    return text.tokenizer(settings.source());
  }

  private Tokenizer target() {
    return text.tokenizer(settings.target());
  }

  @Override
  public EncoderDecoder model() {
    return settings.translationModel(source().size(), target().size());
  }

  @Override
  public FrozenParameters frozen() {
    Set<String> always = new HashSet<>(modelStart().frozen(model()));
    Set<String> ofEmbeddings = embeddings().frozen();
    int steps = settings.embedding().freezeSteps();
    if (steps > 0) {
      return new FrozenParameters(always, ofEmbeddings, steps);
    }
    always.addAll(ofEmbeddings);
    return FrozenParameters.always(always);
  }

  @Override
  public void start(ParameterBuffer parameters, EncodedCorpus corpus, ProgressListener listener) {
    embeddings().fill(parameters, text.training(), listener);
    encoderStart().fill(parameters, listener);
    modelStart().fill(parameters, listener);
  }

  private ModelStart modelStart() {
    return new ModelStart(settings);
  }

  private EncoderStart encoderStart() {
    return new EncoderStart(settings, settings.source());
  }

  private EmbeddingStart embeddings() {
    return new EmbeddingStart(settings, model(), source(), target());
  }

  @Override
  public Iterator<Example> examples() {
    Tokenizer source = source();
    Tokenizer target = target();
    return StreamSupport.stream(text.training().spliterator(), false)
        .map(pair -> encode(pair, source, target))
        .iterator();
  }

  @Override
  public long[] corpusSizes() {
    return text.training().sizes();
  }

  @Override
  public void releaseTrainingText() {
    text.releaseTraining();
  }

  private Example encode(SentencePair pair, Tokenizer source, Tokenizer target) {
    return new Example(
        source.encode(pair.side(settings.source())), target.encode(pair.side(settings.target())));
  }

  @Override
  public Collator collator() {
    return new TranslationCollator(
        new InputNoise(
            source(),
            target(),
            settings.subwords().dropout(),
            settings.train().wordDropout(),
            settings.train().maxLength()));
  }

  private HeldOutPairs validation() {
    Tokenizer source = source();
    Tokenizer target = target();
    List<Example> pairs = new ArrayList<>();
    List<SentencePair> kept = new ArrayList<>();
    for (SentencePair pair : text.validation()) {
      Example ids = encode(pair, source, target);
      if (Math.max(ids.source().length, ids.target().length) <= settings.train().maxLength()) {
        pairs.add(ids);
        kept.add(pair);
      }
    }
    InvalidInputException.require(
        !pairs.isEmpty(),
        "all validation pairs are longer than train.maxLength, which is "
            + settings.train().maxLength()
            + " tokens");
    return new HeldOutPairs(
        pairs, kept, settings.train().validationSentences(), target, settings.target());
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    return new TranslationValidator(
        model(),
        parameters,
        backend,
        validation(),
        (step, samples) -> new ValidationSamples(step, samples).append(run));
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
