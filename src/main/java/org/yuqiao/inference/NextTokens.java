package org.yuqiao.inference;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.decode.step.IncrementalDecoder;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Tokenizer;

/**
 * Computes the distribution of the token that follows the beginning of a translation. The session
 * and its key-value cache are kept: a prefix that continues the last one costs a step for each
 * token added. For one thread.
 */
public final class NextTokens {
  private final TranslationModel model;
  private Optional<IncrementalDecoder> decoder = Optional.empty();
  private int[] source = {};
  private int[] seen = {};
  private boolean isBegun;

  /** Next tokens of {@code model}. */
  NextTokens(TranslationModel model) {
    this.model = model;
  }

  /**
   * A token and how probable it is.
   *
   * @param piece with a space before a word written U+2581
   * @param probability softmax of the logits
   * @param sampled the probability that sampling gives it; 0 where it is cut off
   */
  public record Candidate(int id, String piece, float logit, double probability, double sampled) {}

  /**
   * The distribution after a prefix.
   *
   * @param prefix token ids
   * @param pieces the texts of the prefix's tokens
   * @param text the prefix as text
   * @param candidates the most probable tokens, the best first; none when the prefix is finished
   * @param entropy - sum p log p over the vocabulary, in nats
   * @param kept how many tokens sampling may choose
   * @param vocabulary V
   * @param isFinished whether the prefix ends with {@code <eos>}
   */
  public record Distribution(
      List<Integer> prefix,
      List<String> pieces,
      String text,
      List<Candidate> candidates,
      double entropy,
      int kept,
      int vocabulary,
      boolean isFinished) {}

  /**
   * A token with its probability.
   *
   * @param piece with a space before a word written U+2581
   */
  public record Token(int id, String piece, double probability) {}

  /**
   * The distribution of the next token.
   *
   * @param sentence the source, as one sentence
   * @param prefix token ids; {@code <eos>} may be its last
   * @param count how many of the most probable tokens are listed
   * @throws InvalidInputException for an ensemble, a sentence or prefix that is longer than the
   *     model reads, or ids that can't stand in a translation
   */
  public Distribution after(String sentence, int[] prefix, Sampling sampling, int count) {
    LoadedModels models = model.loaded();
    int[] read = models.requireFitting("the sentence", models.encodeSource(sentence));
    checkPrefix(prefix);
    List<Integer> ids = Arrays.stream(prefix).boxed().toList();
    List<String> pieces = ids.stream().map(models.target()::piece).toList();
    String text = models.target().decode(prefix);
    int vocabulary = models.target().size();
    if (prefix.length > 0 && prefix[prefix.length - 1] == Tokenizer.EOS) {
      return new Distribution(ids, pieces, text, List.of(), 0, 0, vocabulary, true);
    }
    float[] logits = logits(read, prefix);
    float[] logProbabilities = logits.clone();
    LogSoftmax.of(logProbabilities);
    double[] sampled = sampling.probabilities(logProbabilities);
    double entropy = 0;
    for (float logProbability : logProbabilities) {
      entropy -= Math.exp(logProbability) * logProbability;
    }
    TopK best = new TopK(Math.min(count, logits.length));
    best.find(logits, logits.length);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < best.count(); i++) {
      int id = best.index(i);
      candidates.add(
          new Candidate(
              id,
              models.target().piece(id),
              logits[id],
              Math.exp(logProbabilities[id]),
              sampled[id]));
    }
    int kept = (int) Arrays.stream(sampled).filter(p -> p > 0).count();
    return new Distribution(
        ids, pieces, text, List.copyOf(candidates), entropy, kept, vocabulary, false);
  }

  private void checkPrefix(int[] prefix) {
    LoadedModels models = model.loaded();
    models.requireFitting("the prefix", prefix);
    for (int i = 0; i < prefix.length; i++) {
      int id = prefix[i];
      boolean isToken =
          id >= 0 && id < models.target().size() && id != Tokenizer.PAD && id != Tokenizer.BOS;
      require(
          isToken && (id != Tokenizer.EOS || i == prefix.length - 1),
          "prefix[" + i + "] is " + id + ", which is no token inside a translation");
    }
  }

  /** Greedy decoding: the most probable token each time, with its probability, to the end. */
  public List<Token> greedy(String sentence) {
    LoadedModels models = model.loaded();
    int[] read = models.requireFitting("the sentence", models.encodeSource(sentence));
    List<Token> tokens = new ArrayList<>();
    int[] prefix = {};
    while (prefix.length < models.longest() && !endsWithEos(prefix)) {
      float[] row = logits(read, prefix);
      LogSoftmax.of(row);
      int best = Argmax.of(row);
      tokens.add(new Token(best, models.target().piece(best), Math.exp(row[best])));
      prefix = Arrays.copyOf(prefix, prefix.length + 1);
      prefix[prefix.length - 1] = best;
    }
    return List.copyOf(tokens);
  }

  private static boolean endsWithEos(int[] tokens) {
    return tokens.length > 0 && tokens[tokens.length - 1] == Tokenizer.EOS;
  }

  /** The logits {@code [V]} of the token after {@code prefix}. */
  private float[] logits(int[] read, int[] prefix) {
    IncrementalDecoder steps = decoder();
    boolean continues =
        isBegun
            && Arrays.equals(read, source)
            && prefix.length > seen.length
            && Arrays.equals(seen, Arrays.copyOf(prefix, seen.length));
    boolean isSame = isBegun && Arrays.equals(read, source) && Arrays.equals(prefix, seen);
    if (!continues && !isSame) {
      isBegun = false;
      steps.begin(List.of(read));
      steps.step(new int[] {Tokenizer.BOS});
    }
    for (int i = continues ? seen.length : 0; !isSame && i < prefix.length; i++) {
      steps.step(new int[] {prefix[i]});
    }
    source = read.clone();
    seen = prefix.clone();
    isBegun = true;
    float[] logits = new float[steps.vocabulary()];
    steps.readLogits(0, logits);
    return logits;
  }

  private IncrementalDecoder decoder() {
    if (decoder.isEmpty()) {
      WeightedModel only = model.loaded().single("decoded token by token");
      decoder =
          Optional.of(
              new IncrementalDecoder(
                  only.model(), only.weights(), model.backend(), new StepOutputs(true, false)));
    }
    return decoder.get();
  }

  void close() {
    decoder.ifPresent(IncrementalDecoder::close);
  }
}
