package org.yuqiao.decode.trace;

import java.util.List;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;

/** From the decoder's output to the probabilities of the next token. */
record PredictionSteps(ModelSettings settings, TeacherForcedPass pass, TracedValues values) {
  /** How many tokens are kept at each position. */
  static final int BEST = 50;

  /**
   * The steps.
   *
   * @param logits the variable {@code [1, T, V]}
   * @param states the symbol of the decoder's output
   * @param rows the labels of the decoder's input
   */
  List<Step> of(String logits, String states, List<String> rows, int vocabulary) {
    float[][] all = values.matrix(logits, rows.size(), vocabulary);
    TopK best = new TopK(Math.min(BEST, vocabulary));
    float[][] scores = new float[all.length][];
    float[][] probabilities = new float[all.length][];
    int[][] tokens = new int[all.length][];
    for (int t = 0; t < all.length; t++) {
      best.find(all[t], vocabulary);
      float[] logProbabilities = pass.logProbabilities(0, t);
      scores[t] = new float[best.count()];
      probabilities[t] = new float[best.count()];
      tokens[t] = new int[best.count()];
      for (int i = 0; i < best.count(); i++) {
        tokens[t][i] = best.index(i);
        scores[t][i] = best.value(i);
        probabilities[t][i] = (float) Math.exp(logProbabilities[best.index(i)]);
      }
    }
    String formula =
        "L = "
            + states
            + (settings.weightTying() == WeightTying.NONE ? " W + b" : " W_Eᵀ")
            + (settings.outputBias() ? " + b" : "");
    return List.of(
        new Step(
            "logits", "L", formula, LabeledMatrix.overVocabulary(rows, vocabulary, scores, tokens)),
        new Step(
            "probabilities",
            "p",
            "p[t, i] = exp(L[t, i]) / Σⱼ exp(L[t, j])",
            LabeledMatrix.overVocabulary(rows, vocabulary, probabilities, tokens)));
  }
}
