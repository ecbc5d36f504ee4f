package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.BatchSchedule;
import org.yuqiao.corpus.CleanedCorpus;
import org.yuqiao.corpus.EncodedCorpus;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.corpus.SentencePair;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.ModelState;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Trainer;
import org.yuqiao.train.TrainingStep;
import org.yuqiao.train.Validator;

/** From raw parallel text to a scored model: everything that {@code yuqiao train} does. */
public final class Experiment {
  /** What is written before the settings, which make a folder a run. */
  private static final Pattern PREPARED =
      Pattern.compile(
          "run\\.lock|failure\\.txt|(tokenizer\\...|provenance)\\.json(\\.tmp)?|.*\\.tmp");

  private final ExperimentSettings settings;
  private final RunFolder run;
  private final RunLock lock;
  private final Backend backend;
  private final Announcer announcer;
  private final AtomicBoolean stopRequested;

  private Experiment(
      ExperimentSettings settings,
      RunFolder run,
      RunLock lock,
      Backend backend,
      Announcer announcer,
      AtomicBoolean stopRequested) {
    this.settings = settings;
    this.run = run;
    this.lock = lock;
    this.backend = backend;
    this.announcer = announcer;
    this.stopRequested = stopRequested;
  }

  /**
   * Begins a run in a new folder.
   *
   * @throws BadInput when the folder holds something already, or a corpus cannot be used
   */
  public static Experiment begin(
      ExperimentSettings settings,
      Path folder,
      Backend backend,
      Announcer announcer,
      AtomicBoolean stopRequested) {
    if (settings.data().train().isEmpty() || settings.data().valid().isEmpty()) {
      throw new BadInput("data.train and data.valid must each name a corpus");
    }
    RunFolder run = new RunFolder(folder);
    refuseUnlessFree(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInput("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
    RunLock lock = RunLock.take(run);
    try {
      Experiment experiment =
          new Experiment(settings, run, lock, backend, announcer, stopRequested);
      experiment.prepare();
      return experiment;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** A folder is free when it holds nothing but what a preparation left that was killed. */
  static void refuseUnlessFree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(entry -> !PREPARED.matcher(entry.getFileName().toString()).matches())) {
        throw new BadInput(
            folder
                + " is not empty; choose another folder with --out, or go on with: ./yuqiao train --resume "
                + folder);
      }
    } catch (IOException e) {
      throw new BadInput("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Goes on with a run.
   *
   * @throws BadInput when the folder is no run, its corpora have changed, or another process trains
   *     it
   */
  public static Experiment resume(
      Path folder, Backend backend, Announcer announcer, AtomicBoolean stopRequested) {
    RunFolder run = new RunFolder(folder);
    ExperimentSettings settings = run.loadSettings();
    RunLock lock = RunLock.take(run);
    try {
      Provenance.resume(run, settings, backend);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    return new Experiment(settings, run, lock, backend, announcer, stopRequested);
  }

  /** Learns the tokenizers; the settings are written last, for they make the folder a run. */
  private void prepare() {
    long begun = System.nanoTime();
    learnTokenizers();
    Provenance.begin(run, settings, backend);
    SettingsFile.write(settings, run.settings());
    announcer.say(
        String.format(
            Locale.ROOT, "subwords learnt in %.1f seconds", (System.nanoTime() - begun) / 1e9));
  }

  private void learnTokenizers() {
    boolean joint = settings.subwords().joint();
    if (joint) {
      TokenizerLearner learner = new TokenizerLearner(settings.subwords().settings(), true);
      Tokenizer tokenizer = learner.learn(sentences(settings.source(), settings.target()));
      run.saveTokenizer(Language.ZH, tokenizer);
      run.saveTokenizer(Language.EN, tokenizer);
    } else {
      for (Language language : Language.values()) {
        TokenizerLearner learner =
            new TokenizerLearner(settings.subwords().settings(), language == Language.EN);
        run.saveTokenizer(language, learner.learn(sentences(language)));
      }
    }
  }

  private Stream<String> sentences(Language... languages) {
    return StreamSupport.stream(trainingText().spliterator(), false)
        .flatMap(pair -> Stream.of(languages).map(pair::side));
  }

  private CleanedCorpus trainingText() {
    List<String> heldOut = new ArrayList<>(settings.data().valid());
    heldOut.addAll(settings.data().test());
    return new CleanedCorpus(
        settings.data().train(), settings.data().cleaning(), heldOut, settings.data().pairs());
  }

  /**
   * Trains until the end, then makes the model, scores it and writes the report.
   *
   * @return the scores on the test split; empty when the user asked to stop before the end
   */
  public Optional<Evaluation.Result> run() {
    try (lock) {
      Files.deleteIfExists(run.failure());
      return trainAndScore();
    } catch (IOException e) {
      throw new BadInput("cannot delete " + run.failure() + ": " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      AtomicFile.write(
          run.failure(), (e instanceof BadInput ? e.getMessage() : e.toString()) + "\n");
      throw e;
    }
  }

  private Optional<Evaluation.Result> trainAndScore() {
    Tokenizer source = run.loadTokenizer(settings.source());
    Tokenizer target = run.loadTokenizer(settings.target());
    EncoderDecoder model =
        EncoderDecoder.of(
            settings.model(),
            new EncoderDecoder.Vocabularies(
                source.size(), target.size(), settings.subwords().joint()),
            DataType.FLOAT);
    EmbeddingStart embeddings = new EmbeddingStart(settings, model, source, target);
    ModelState state =
        ModelState.fresh(model.initialise(settings.train().seed())).freezing(embeddings.frozen());
    Checkpoints checkpoints = run.checkpoints();
    Optional<Progress> last = checkpoints.loadLast(state);
    if (last.isEmpty()) {
      embeddings.fill(state.parameters(), trainingText(), announcer);
    }
    Progress start = last.orElse(Progress.START);
    EncodedCorpus corpus =
        EncodedCorpus.write(
            run.encoded(), encoded(source, target), settings.train().maximumTokens());
    announcer.say(
        String.format(
            Locale.ROOT,
            "%,d training pairs, %,d parameters, %s",
            corpus.size(),
            state.parameters().size(),
            backend.description()));
    Trainer.Outcome outcome = train(model, state, start, corpus, target);
    if (outcome.end() == Trainer.End.REQUEST) {
      return Optional.empty();
    }
    chooseModel(checkpoints, outcome.progress(), state);
    return Optional.of(
        new RunCompletion(run, settings, backend, announcer)
            .complete(outcome.progress(), state.parameters().size()));
  }

  private Iterator<EncodedPair> encoded(Tokenizer source, Tokenizer target) {
    Iterator<SentencePair> pairs = trainingText().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public EncodedPair next() {
        return encode(pairs.next(), source, target);
      }
    };
  }

  private EncodedPair encode(SentencePair pair, Tokenizer source, Tokenizer target) {
    return new EncodedPair(
        source.encode(pair.side(settings.source())), target.encode(pair.side(settings.target())));
  }

  private Trainer.Outcome train(
      EncoderDecoder model,
      ModelState state,
      Progress start,
      EncodedCorpus corpus,
      Tokenizer target) {
    BatchSchedule schedule =
        new BatchSchedule(corpus, settings.train().batchTokens(), settings.train().seed());
    try (TrainingStep step =
            new TrainingStep(
                model,
                settings.train().labelSmoothing(),
                settings.optimiser(),
                state,
                backend,
                settings.train().seed());
        Validator validator = validator(model, state, target);
        MetricsLog log = new MetricsLog(run)) {
      Trainer trainer =
          new Trainer(
              settings.train(),
              schedule,
              step,
              validator,
              run.checkpoints(),
              state,
              new TrainingLog(log, announcer),
              stopRequested);
      return trainer.run(start);
    }
  }

  private Validator validator(EncoderDecoder model, ModelState state, Tokenizer target) {
    Tokenizer source = run.loadTokenizer(settings.source());
    List<EncodedPair> pairs = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (SentencePair pair :
        new CleanedCorpus(settings.data().valid(), settings.data().cleaning(), List.of())) {
      EncodedPair ids = encode(pair, source, target);
      if (Math.max(ids.source().length, ids.target().length) <= settings.train().maximumTokens()) {
        pairs.add(ids);
        references.add(pair.side(settings.target()));
      }
    }
    if (pairs.isEmpty()) {
      throw new BadInput("no validation pair is left: all were dropped or too long");
    }
    return new Validator(
        model,
        state.parameters(),
        backend,
        pairs,
        references,
        target,
        settings.target(),
        settings.train().validationSentences());
  }

  /** The mean of the last checkpoints, or the best one by validation BLEU. */
  private void chooseModel(Checkpoints checkpoints, Progress progress, ModelState state) {
    List<Path> all = checkpoints.all();
    int average = settings.train().average();
    List<Path> chosen = all.subList(Math.max(0, all.size() - average), all.size());
    if (average == 1) {
      int best = progress.validations().size() - 1 - progress.validationsSinceBest();
      chosen =
          checkpoints.ofStep(progress.validations().get(best).step()).map(List::of).orElse(chosen);
    }
    checkpoints.average(chosen, state.parameters());
    Checkpoints.saveWeights(state.parameters(), run.model());
  }
}
