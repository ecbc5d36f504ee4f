package org.yuqiao.model;

/**
 * What is added to the cross-entropy of a training step.
 *
 * @param labelSmoothing probability spread over the vocabulary
 * @param rDrop weight of the divergence of R-Drop (Liang et al. 2021), for which the second half of
 *     each batch repeats the first; 0: none
 */
public record LossSettings(double labelSmoothing, double rDrop) {
  /** Label smoothing alone. */
  public static LossSettings smoothed(double labelSmoothing) {
    return new LossSettings(labelSmoothing, 0);
  }

  /** Whether each batch is read twice. */
  public boolean readsTwice() {
    return rDrop > 0;
  }
}
