package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.TextBlocks;
import org.yuqiao.corpus.batch.UnigramEntropy;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TrainedLanguageModel;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.LabelCollator;
import org.yuqiao.train.LossValidator;
import org.yuqiao.train.ValidationLoss;
import org.yuqiao.train.Validator;

/** Predicts the next token of a text in one language. */
final class LanguageModelTask implements Task {
  private final ExperimentSettings settings;
  private final RunFolder run;
  private final Language language;

  LanguageModelTask(ExperimentSettings settings, RunFolder run) {
    this.settings = settings;
    this.run = run;
    this.language = settings.data().language();
  }

  @Override
  public void prepare() {
    TokenizerLearner learner =
        new TokenizerLearner(settings.subwords().settings(), language == Language.EN);
    run.saveTokenizer(
        language,
        learner.learn(
            StreamSupport.stream(settings.data().trainingPairs().spliterator(), false)
                .map(pair -> pair.side(language))));
  }

  private Tokenizer tokenizer() {
    return run.loadTokenizer(language);
  }

  private TextNormalizer normalizer() {
    return settings.normalizer();
  }

  @Override
  public DecoderOnly model() {
    return settings.languageModel(tokenizer().size());
  }

  @Override
  public Set<String> frozen() {
    return Set.of();
  }

  @Override
  public void start(ParameterBuffer parameters, ProgressListener listener) {
    double nats = UnigramEntropy.of(examples(), Tokenizer.EOS);
    listener.say(
        String.format(
            Locale.ROOT,
            "unigram baseline of the training text: %.3f nats per token, perplexity %.1f",
            nats,
            Math.exp(nats)));
  }

  @Override
  public Iterator<Example> examples() {
    return blocks(settings.data().trainingPairs().iterator());
  }

  private Iterator<Example> blocks(Iterator<SentencePair> pairs) {
    Tokenizer tokenizer = tokenizer();
    Iterator<int[]> sentences =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return pairs.hasNext();
          }

          @Override
          public int[] next() {
            return tokenizer.encode(pairs.next().side(language));
          }
        };
    int context = settings.data().blockSize();
    return context > 0
        ? TextBlocks.joined(sentences, context)
        : TextBlocks.single(sentences, settings.train().maxLength());
  }

  @Override
  public Collator collator() {
    return LabelCollator.nextTokens();
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    List<Example> blocks = new ArrayList<>();
    blocks(settings.data().validationPairs().iterator()).forEachRemaining(blocks::add);
    if (blocks.isEmpty()) {
      throw new InvalidInputException("no validation sentence is left: all were dropped");
    }
    return new LossValidator(new ValidationLoss(model(), collator(), parameters, backend, blocks));
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<SentencePair> text = new ArrayList<>();
    for (String corpus : corpora) {
      PairRecordReader reader = new CorpusFiles(corpus).open();
      while (reader.hasNext()) {
        SentencePair pair = reader.nextPair();
        String sentence = normalizer().apply(pair.side(language));
        text.add(new SentencePair(sentence, sentence, pair.origin()));
      }
    }
    List<Example> blocks = new ArrayList<>();
    blocks(text.iterator()).forEachRemaining(blocks::add);
    if (blocks.isEmpty()) {
      throw new InvalidInputException("there is no sentence in " + String.join(", ", corpora));
    }
    DecoderOnly model = model();
    long begun = System.nanoTime();
    ValidationLoss.Sum sum;
    try (ValidationLoss loss =
        new ValidationLoss(model, collator(), ModelWeights.load(run, model), backend, blocks)) {
      sum = loss.sum();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return continued(text, new Perplexities(language, sum, text), seconds, backend, progress);
  }

  /** The result, with a continuation of the first half of each sentence. */
  private Evaluation.Result continued(
      List<SentencePair> text,
      Perplexities perplexities,
      double seconds,
      Backend backend,
      LongConsumer progress) {
    Tokenizer tokenizer = tokenizer();
    List<int[]> prompts = new ArrayList<>();
    List<String> beginnings = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    int longest = settings.train().maxLength() / 2;
    for (SentencePair pair : text) {
      int[] ids = tokenizer.encode(pair.side(language));
      int[] prompt = Arrays.copyOf(ids, Math.min(longest, ids.length / 2));
      prompts.add(prompt);
      beginnings.add(tokenizer.decode(prompt));
      sentences.add(pair.side(language));
    }
    List<String> outputs = new ArrayList<>();
    Strategy greedy = Strategy.withoutScores(DecodingSettings.GREEDY);
    try (TrainedLanguageModel model = new TrainedLanguageModel(run, backend, greedy)) {
      model.generate(prompts, longest, progress).forEach(found -> outputs.add(found.get(0).text()));
    }
    return new Evaluation.Result(
        perplexities.scores(), perplexities.signatures(), seconds, beginnings, sentences, outputs);
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

  /** Perplexities per token and per character or word, whose ends count as one each. */
  record Perplexities(Language language, ValidationLoss.Sum sum, List<SentencePair> text) {
    private static final String PER_TOKEN = "perplexity";

    private String perUnit() {
      return PER_TOKEN + (language == Language.ZH ? "-per-character" : "-per-word");
    }

    private long units() {
      long units = 0;
      for (SentencePair pair : text) {
        String sentence = pair.side(language).strip();
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
