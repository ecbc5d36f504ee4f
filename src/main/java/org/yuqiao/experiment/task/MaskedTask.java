package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.batch.Masking;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.LabelCollator;
import org.yuqiao.train.Validator;
import org.yuqiao.train.validation.LossValidator;
import org.yuqiao.train.validation.ValidationLoss;

/** Masked language modeling: predicts masked tokens from both sides. */
final class MaskedTask extends EncoderTask {
  private static final String SHOWN = "[ ]";

  MaskedTask(ExperimentSettings settings, RunFolder run) {
    super(settings, run);
  }

  @Override
  Stream<String> sentences() {
    return runText().training(language());
  }

  @Override
  public void prepare() {
    runText().requireUsable(language());
    super.prepare();
  }

  @Override
  public EncoderOnly model() {
    return new EncoderOnly(
        settings().model(), tokenizer().size(), new EncoderOnly.Output.Tokens(), DataType.FLOAT);
  }

  @Override
  public Iterator<Example> examples() {
    return encoded(sentences()).iterator();
  }

  @Override
  public void releaseTrainingText() {
    runText().releaseTraining();
  }

  private Stream<Example> encoded(Stream<String> sentences) {
    Tokenizer tokenizer = tokenizer();
    return sentences
        .map(tokenizer::encode)
        .map(ids -> Arrays.copyOf(ids, Math.min(settings().maxTokens(), ids.length)))
        .filter(ids -> ids.length > 0)
        .map(Example::ofText);
  }

  private Masking masking() {
    return new Masking(tokenizer().size());
  }

  @Override
  public Collator collator() {
    return LabelCollator.masked(masking());
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    List<Example> sentences = encoded(runText().validation(language())).toList();
    return new LossValidator(
        new ValidationLoss(model(), collator(), parameters, backend, sentences));
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<Example> sentences =
        encoded(RunText.test(corpora, language(), normalizer()).stream()).toList();
    EncoderOnly model = model();
    ParameterBuffer weights = ModelWeights.load(run(), model);
    long begun = System.nanoTime();
    ValidationLoss.Sum sum;
    try (ValidationLoss loss = new ValidationLoss(model, collator(), weights, backend, sentences)) {
      sum = loss.sum();
    }
    try (SequenceLabeler labeler = new SequenceLabeler(model, weights, backend)) {
      Filled filled = new Filled(tokenizer(), masking(), sentences, labeler);
      double seconds = (System.nanoTime() - begun) / 1e9;
      progress.accept(sentences.size());
      return filled.result(sum, seconds);
    }
  }

  /** Masked sentences with the tokens that the model predicts for the masks. */
  private static final class Filled {
    private final Tokenizer tokenizer;
    private final List<String> masked = new ArrayList<>();
    private final List<String> original = new ArrayList<>();
    private final List<String> filled = new ArrayList<>();
    private long predicted;
    private long correct;

    Filled(Tokenizer tokenizer, Masking masking, List<Example> sentences, SequenceLabeler labeler) {
      this.tokenizer = tokenizer;
      List<LabeledBatch> batches = new ArrayList<>();
      for (int i = 0; i < sentences.size(); i++) {
        // The same masks in every test.
        batches.add(masking.of(List.of(sentences.get(i)), new SplittableRandom(i)));
      }
      List<int[]> seen = batches.stream().map(one -> withoutEnd(one.tokens())).toList();
      List<SequenceLabeler.Labeled> found = labeler.label(seen);
      for (int i = 0; i < seen.size(); i++) {
        add(sentences.get(i).source(), seen.get(i), batches.get(i).labelMask(), found.get(i));
      }
    }

    private static int[] withoutEnd(int[] tokens) {
      return Arrays.copyOf(tokens, tokens.length - 1);
    }

    private void add(int[] truth, int[] seen, float[] hidden, SequenceLabeler.Labeled found) {
      StringBuilder shown = new StringBuilder();
      int[] result = truth.clone();
      for (int t = 0; t < truth.length; t++) {
        if (hidden[t] == 1f) {
          result[t] = found.labels()[t];
          predicted++;
          correct += result[t] == truth[t] ? 1 : 0;
        }
        shown.append(seen[t] == Masking.MASK ? SHOWN : tokenizer.piece(seen[t]));
      }
      masked.add(shown.toString().replace('\u2581', ' ').strip());
      original.add(tokenizer.decode(truth));
      filled.add(tokenizer.decode(result));
    }

    Evaluation.Result result(ValidationLoss.Sum sum, double seconds) {
      Map<String, Double> scores = new LinkedHashMap<>();
      scores.put("perplexity", Math.exp(sum.mean()));
      scores.put("accuracy", 100.0 * correct / predicted);
      return new Evaluation.Result(
          scores,
          Map.of(
              "perplexity", sum.predicted() + " tokens of 15 %",
              "accuracy", predicted + " tokens of 15 %"),
          seconds,
          masked,
          original,
          filled);
    }
  }

  @Override
  public Wording wording() {
    return new Wording(
        "read",
        "Masked sentences of the test split; of the tokens to predict, some are not masked but"
            + " replaced or left",
        "masked",
        "filled in",
        "sentence");
  }
}
