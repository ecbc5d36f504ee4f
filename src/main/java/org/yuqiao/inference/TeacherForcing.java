package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.NextTokens.Token;
import org.yuqiao.text.Tokenizer;

/**
 * Teacher forcing beside stepwise decoding: what a model predicts at each position of a given
 * translation, and what it writes when it reads its own output. For one thread.
 */
public final class TeacherForcing {
  private final TranslationModel model;
  private final NextTokens stepwise;
  private Optional<TeacherForcedPass> pass = Optional.empty();

  /** Teacher forcing of {@code model}; {@code stepwise}, of the same model, decodes greedily. */
  TeacherForcing(TranslationModel model, NextTokens stepwise) {
    this.model = model;
    this.stepwise = stepwise;
  }

  /**
   * A position of the given translation.
   *
   * @param input the previous given token, which the decoder reads
   * @param given the token of the translation, with the probability that the model gives it
   * @param predicted the most probable token
   */
  public record Position(String input, Token given, Token predicted) {}

  /**
   * Both ways of decoding.
   *
   * @param translation the given one, normalized
   * @param positions of the given translation and its end
   * @param stepwiseTranslation as text
   * @param stepwise its tokens
   */
  public record Comparison(
      String translation,
      List<Position> positions,
      String stepwiseTranslation,
      List<Token> stepwise) {}

  /**
   * Compares both ways.
   *
   * @throws InvalidInputException for an ensemble, or a side that is longer than the model reads
   */
  public Comparison compare(String sentence, String translation) {
    LoadedModels models = model.loaded();
    int[] source = models.requireFitting("the sentence", models.encodeSource(sentence));
    int[] target = models.requireFitting("the translation", models.encodeTarget(translation));
    TeacherForcedPass forced = pass();
    forced.run(source, target);
    List<Position> positions = new ArrayList<>();
    for (int t = 0; t <= target.length; t++) {
      float[] row = forced.logProbabilities(0, t);
      int given = t < target.length ? target[t] : Tokenizer.EOS;
      int input = t == 0 ? Tokenizer.BOS : target[t - 1];
      positions.add(
          new Position(
              models.target().piece(input), token(row, given), token(row, Argmax.of(row))));
    }
    List<Token> own = stepwise.greedy(sentence);
    int[] ids = own.stream().mapToInt(Token::id).filter(id -> id != Tokenizer.EOS).toArray();
    return new Comparison(
        models.target().decode(target), List.copyOf(positions), models.target().decode(ids), own);
  }

  private Token token(float[] logProbabilities, int id) {
    return new Token(id, model.loaded().target().piece(id), Math.exp(logProbabilities[id]));
  }

  private TeacherForcedPass pass() {
    if (pass.isEmpty()) {
      pass =
          Optional.of(
              TeacherForcedPass.ofLogits(
                  model.loaded().single("compared with stepwise decoding"), model.backend()));
    }
    return pass.get();
  }

  void close() {
    pass.ifPresent(TeacherForcedPass::close);
  }
}
