package org.yuqiao.train;

import org.yuqiao.files.InvalidInputException;

/** The loss or the gradient of a step is not finite, in all replicas at the same step. */
public final class DivergedException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  DivergedException(String sentence) {
    super(sentence);
  }
}
