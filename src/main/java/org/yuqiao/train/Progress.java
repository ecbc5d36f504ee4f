package org.yuqiao.train;

import java.util.List;

/**
 * How far training has come: all of its state besides the parameters and moments. The order of the
 * data and the random numbers of dropout are functions of the seed and of this.
 *
 * @param step steps taken
 * @param epoch passes over the data done
 * @param batch batches taken of the present pass
 * @param seconds of training so far, over all sessions
 * @param sourceTokens source tokens read so far
 * @param targetTokens target tokens predicted so far
 * @param validations all validations so far
 */
public record Progress(
    long step,
    int epoch,
    int batch,
    double seconds,
    long sourceTokens,
    long targetTokens,
    List<Validation> validations) {
  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, 0, 0, 0, 0, List.of());

  /**
   * What a validation found.
   *
   * @param step after how many steps
   * @param seconds after how many seconds of training
   * @param loss the negative log-likelihood per target token
   * @param bleu BLEU of greedy translations, with the tokeniser of the target language
   * @param chrf chrF2 of them
   */
  public record Validation(long step, double seconds, double loss, double bleu, double chrf) {
    /** e to the loss. */
    public double perplexity() {
      return Math.exp(loss);
    }
  }

  /** Validations since the best one by BLEU; 0 when the last is the best. */
  public int validationsSinceBest() {
    int best = 0;
    for (int i = 1; i < validations.size(); i++) {
      if (validations.get(i).bleu() > validations.get(best).bleu()) {
        best = i;
      }
    }
    return validations.isEmpty() ? 0 : validations.size() - 1 - best;
  }
}
