package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.IncrementalDecoder;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Tokenizer;

/**
 * Translates one sentence at a time and explains the result. An observed search finds the
 * translation; then a {@link TeacherForcedPass} reads all probabilities and attention weights.
 */
public final class Explainer implements AutoCloseable {
  private final Vocabularies vocabularies;
  private final DecodingSettings settings;
  private final int alternatives;
  private final IncrementalDecoder model;
  private final BatchDecoder search;
  private final TeacherForcedPass pass;

  /** The tokenizers of both sides. */
  public record Vocabularies(Tokenizer source, Tokenizer target) {}

  /**
   * An explainer of {@code weighted}.
   *
   * @param settings a beam of 1 is greedy search
   * @param alternatives how many of the most probable tokens are listed at each position
   */
  public Explainer(
      WeightedModel weighted,
      Vocabularies vocabularies,
      Backend backend,
      DecodingSettings settings,
      int alternatives) {
    if (alternatives < 1) {
      throw new InvalidInputException("there must be at least 1 alternative, not " + alternatives);
    }
    this.vocabularies = vocabularies;
    this.settings = settings;
    this.alternatives = alternatives;
    this.model =
        new IncrementalDecoder(
            weighted.model(),
            weighted.weights(),
            backend,
            new StepOutputs(true, settings.coveragePenalty() > 0));
    this.search = new BatchDecoder(model);
    this.pass = TeacherForcedPass.ofAttention(weighted, backend);
  }

  /** The maximum number of tokens of a source or a translation. */
  public int longest() {
    return model.positions() - 1;
  }

  /**
   * Translates and explains.
   *
   * @param request its source has at most {@link #longest} tokens
   */
  public Explanation explain(Translator.Request request) {
    if (request.source().length == 0) {
      return explain(request.source(), new int[0]);
    }
    BeamRecorder recorder = new BeamRecorder(vocabularies.target());
    Search one =
        Strategy.observed(settings, recorder)
            .begin(request.source(), request.prefix(), request.placeholders(), model.positions());
    search.run(List.of(request.source()), List.of(one));
    return explanation(request.source(), one.result().get(0), recorder);
  }

  /**
   * Explains a given translation.
   *
   * @param source token ids, at most {@link #longest}
   * @param target token ids without {@code <bos>} and {@code <eos>}, at most {@link #longest}
   */
  public Explanation explain(int[] source, int[] target) {
    pass.run(source, target);
    double sum = 0;
    for (int t = 0; t <= target.length; t++) {
      sum += pass.logProbabilities(0, t)[t < target.length ? target[t] : Tokenizer.EOS];
    }
    Hypothesis given =
        new Hypothesis(target, sum, settings.ranking().score(sum, target.length + 1));
    return explanation(source, given, new BeamRecorder(vocabularies.target()));
  }

  private Explanation explanation(int[] source, Hypothesis found, BeamRecorder recorder) {
    int[] target = found.tokens();
    pass.run(source, target);
    List<String> read = pieces(vocabularies.source(), source);
    read.add(vocabularies.source().piece(Tokenizer.EOS));
    List<String> written = pieces(vocabularies.target(), target);
    written.add(vocabularies.target().piece(Tokenizer.EOS));
    List<String> fed = pieces(vocabularies.target(), target);
    fed.add(0, vocabularies.target().piece(Tokenizer.BOS));
    AttentionWeights cross = new AttentionWeights(written, read, pass.cross());
    WordAlignment alignment =
        WordAlignment.of(
            Word.of(source, vocabularies.source()),
            Word.of(target, vocabularies.target()),
            WordAlignment.weights(cross.weights()));
    return new Explanation(
        vocabularies.target().decode(target),
        List.copyOf(read),
        tokens(target),
        found.logProbability(),
        found.score(),
        new AttentionWeights(read, read, pass.encoderSelf()),
        new AttentionWeights(fed, fed, pass.decoderSelf()),
        cross,
        alignment,
        recorder.tree());
  }

  private List<ExplainedToken> tokens(int[] target) {
    List<ExplainedToken> tokens = new ArrayList<>();
    for (int t = 0; t <= target.length; t++) {
      tokens.add(token(t < target.length ? target[t] : Tokenizer.EOS, pass.logProbabilities(0, t)));
    }
    return List.copyOf(tokens);
  }

  private static List<String> pieces(Tokenizer tokenizer, int[] tokens) {
    List<String> pieces = new ArrayList<>();
    for (int token : tokens) {
      pieces.add(tokenizer.piece(token));
    }
    return pieces;
  }

  private ExplainedToken token(int chosen, float[] logProbabilities) {
    double entropy = 0;
    for (float logProbability : logProbabilities) {
      entropy -= Math.exp(logProbability) * logProbability;
    }
    TopK best = new TopK(Math.min(alternatives, logProbabilities.length));
    best.find(logProbabilities, logProbabilities.length);
    List<ExplainedToken.Alternative> others = new ArrayList<>();
    for (int i = 0; i < best.count(); i++) {
      others.add(
          new ExplainedToken.Alternative(
              vocabularies.target().piece(best.index(i)), best.value(i)));
    }
    return new ExplainedToken(
        vocabularies.target().piece(chosen),
        logProbabilities[chosen],
        entropy,
        List.copyOf(others));
  }

  @Override
  public void close() {
    search.close();
    pass.close();
  }
}
