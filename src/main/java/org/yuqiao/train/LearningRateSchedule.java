package org.yuqiao.train;

/** The learning rate of each step, the first step being 1. */
public sealed interface LearningRateSchedule {
  /** The rate at {@code step}. */
  double rate(long step);

  /**
   * factor * D^-0.5 * min(step^-0.5, step * warmup^-1.5) ("Attention Is All You Need", section 5.3,
   * eq. 3).
   *
   * @param width D
   */
  record Noam(double factor, int width, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step) {
      return factor
          / Math.sqrt(width)
          * Math.min(1 / Math.sqrt((double) step), step * Math.pow(Math.max(1, warmup), -1.5));
    }
  }

  /** The same rate throughout, after a linear warm-up. */
  record Constant(double peak, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step) {
      return peak * warmedUp(step, warmup);
    }
  }

  /** peak * sqrt(warmup / step) after a linear warm-up. */
  record InverseRoot(double peak, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step) {
      double decay = Math.sqrt((double) Math.max(1, warmup) / Math.max(step, Math.max(1, warmup)));
      return peak * warmedUp(step, warmup) * decay;
    }
  }

  /** From peak to 0 along half a cosine (Loshchilov and Hutter 2017), after a linear warm-up. */
  record Cosine(double peak, int warmup, long steps) implements LearningRateSchedule {
    @Override
    public double rate(long step) {
      double done = (double) Math.max(0, step - warmup) / Math.max(1, steps - warmup);
      return peak * warmedUp(step, warmup) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
  }

  private static double warmedUp(long step, int warmup) {
    return Math.min(1, (double) step / Math.max(1, warmup));
  }
}
