package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.batch.TextBlocks;
import org.yuqiao.corpus.batch.UnigramEntropy;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TrainedLanguageModel;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.FrozenParameters;
import org.yuqiao.train.LabelCollator;
import org.yuqiao.train.Validator;
import org.yuqiao.train.validation.LossValidator;
import org.yuqiao.train.validation.ValidationLoss;

/** Predicts the next token of a text in one language. */
final class LanguageModelTask implements Task {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Language language;
  private final RunText text;

  LanguageModelTask(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
    this.language = settings.data().language();
    this.text = new RunText(settings, run);
  }

  @Override
  public void prepare() {
    text.requireUsable(language);
    text.learnTokenizer(language, text.training(language));
  }

  private Tokenizer tokenizer() {
    return text.tokenizer(language);
  }

  @Override
  public DecoderOnly model() {
    return settings.languageModel(tokenizer().size());
  }

  @Override
  public FrozenParameters frozen() {
    return FrozenParameters.NONE;
  }

  @Override
  public void start(ParameterBuffer parameters, EncodedCorpus corpus, ProgressListener listener) {
    double nats = UnigramEntropy.of(corpus.iterator(), Tokenizer.EOS);
    listener.say(
        String.format(
            Locale.ROOT,
            "unigram baseline of the training text: %.3f nats per token, perplexity %.1f",
            nats,
            Math.exp(nats)));
  }

  @Override
  public Iterator<Example> examples() {
    return blocks(text.training(language));
  }

  @Override
  public void releaseTrainingText() {
    text.releaseTraining();
  }

  private Iterator<Example> blocks(Stream<String> sentences) {
    Iterator<int[]> ids = sentences.map(tokenizer()::encode).iterator();
    int context = settings.data().blockSize();
    return context > 0
        ? TextBlocks.joined(ids, context)
        : TextBlocks.single(ids, settings.train().maxLength());
  }

  private List<Example> blockList(Stream<String> sentences) {
    List<Example> blocks = new ArrayList<>();
    blocks(sentences).forEachRemaining(blocks::add);
    return blocks;
  }

  @Override
  public Collator collator() {
    return LabelCollator.nextTokens();
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    List<Example> blocks = blockList(text.validation(language));
    return new LossValidator(new ValidationLoss(model(), collator(), parameters, backend, blocks));
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<String> sentences = RunText.test(corpora, language, settings.normalizer());
    List<Example> blocks = blockList(sentences.stream());
    DecoderOnly model = model();
    long begun = System.nanoTime();
    ValidationLoss.Sum sum;
    try (ValidationLoss loss =
        new ValidationLoss(model, collator(), ModelWeights.load(run, model), backend, blocks)) {
      sum = loss.sum();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return continued(new Perplexities(language, sum, sentences), seconds, backend, progress);
  }

  /** The result, with a continuation of the first half of each sentence. */
  private Evaluation.Result continued(
      Perplexities perplexities, double seconds, Backend backend, LongConsumer progress) {
    Tokenizer tokenizer = tokenizer();
    List<int[]> prompts = new ArrayList<>();
    List<String> beginnings = new ArrayList<>();
    int maxPrompt = settings.train().maxLength() / 2;
    for (String sentence : perplexities.sentences()) {
      int[] ids = tokenizer.encode(sentence);
      int[] prompt = Arrays.copyOf(ids, Math.min(maxPrompt, ids.length / 2));
      prompts.add(prompt);
      beginnings.add(tokenizer.decode(prompt));
    }
    List<String> outputs = new ArrayList<>();
    Strategy greedy = Strategy.withoutScores(DecodingSettings.GREEDY);
    try (TrainedLanguageModel model = new TrainedLanguageModel(run, backend, greedy)) {
      model
          .generate(prompts, maxPrompt, progress)
          .forEach(found -> outputs.add(found.get(0).text()));
    }
    return new Evaluation.Result(
        perplexities.scores(),
        perplexities.signatures(),
        seconds,
        beginnings,
        perplexities.sentences(),
        outputs);
  }

  @Override
  public Wording wording() {
    return new Wording(
        "read",
        "The most probable continuations of halves of the test split's sentences",
        "first half",
        "continued greedily",
        "sentence");
  }

  /** Perplexities per token and per character or word; the end of a sentence counts as one. */
  record Perplexities(Language language, ValidationLoss.Sum sum, List<String> sentences) {
    private static final String PER_TOKEN = "perplexity";

    private String perUnit() {
      return PER_TOKEN + (language == Language.ZH ? "-per-character" : "-per-word");
    }

    private long units() {
      long units = 0;
      for (String text : sentences) {
        String sentence = text.strip();
        units += 1;
        if (language == Language.ZH) {
          units += sentence.codePoints().filter(c -> !Character.isWhitespace(c)).count();
        } else if (!sentence.isEmpty()) {
          units += sentence.split("\\s+").length;
        }
      }
      return units;
    }

    Map<String, Double> scores() {
      Map<String, Double> scores = new LinkedHashMap<>();
      double nats = sum.negativeLogLikelihood();
      scores.put(PER_TOKEN, Math.exp(sum.mean()));
      scores.put(perUnit(), Math.exp(nats / units()));
      return scores;
    }

    Map<String, String> signatures() {
      return Map.of(
          PER_TOKEN,
          sum.predicted() + " tokens, ends among them",
          perUnit(),
          units()
              + (language == Language.ZH ? " characters" : " words between spaces")
              + ", ends among them");
    }
  }
}
