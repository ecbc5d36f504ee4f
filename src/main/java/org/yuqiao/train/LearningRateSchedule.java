package org.yuqiao.train;

/**
 * The learning rate of each step, the first step being 1.
 *
 * <p>Schedules that decay follow either the number of steps or the share of the training budget
 * that is spent, so that the rate has come down when training ends, whatever the machine's speed.
 */
public sealed interface LearningRateSchedule {
  /**
   * The rate at {@code step}.
   *
   * @param spent the share of the training budget (minutes, steps or epochs) spent before this
   *     step, from 0 to 1
   */
  double rate(long step, double spent);

  /**
   * factor * D^-0.5 * min(step^-0.5, step * warmup^-1.5) ("Attention Is All You Need", section 5.3,
   * eq. 3).
   *
   * @param width D
   */
  record Noam(double factor, int width, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step, double spent) {
      return factor
          / Math.sqrt(width)
          * Math.min(1 / Math.sqrt((double) step), step * Math.pow(Math.max(1, warmup), -1.5));
    }
  }

  /** The same rate throughout, after a linear warm-up. */
  record Constant(double peak, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step, double spent) {
      return peak * warmedUp(step, warmup);
    }
  }

  /** peak * sqrt(warmup / step) after a linear warm-up. */
  record InverseRoot(double peak, int warmup) implements LearningRateSchedule {
    @Override
    public double rate(long step, double spent) {
      double decay = Math.sqrt((double) Math.max(1, warmup) / Math.max(step, Math.max(1, warmup)));
      return peak * warmedUp(step, warmup) * decay;
    }
  }

  /** From peak to 0 at step {@code steps}, after a linear warm-up. */
  record BySteps(double peak, int warmup, long steps, Decay decay) implements LearningRateSchedule {
    @Override
    public double rate(long step, double spent) {
      double done = (double) Math.max(0, step - warmup) / Math.max(1, steps - warmup);
      return peak * warmedUp(step, warmup) * decay.of(Math.min(1, done));
    }
  }

  /**
   * From peak to 0 at the end of the training budget, after a linear warm-up.
   *
   * @param warmup steps of warm-up; 0: {@code warmupRatio} counts
   * @param warmupRatio the share of the budget that warm-up takes
   */
  record ByBudget(double peak, int warmup, double warmupRatio, Decay decay)
      implements LearningRateSchedule {
    @Override
    public double rate(long step, double spent) {
      if (warmup > 0) {
        return peak * warmedUp(step, warmup) * decay.of(Math.min(1, spent));
      }
      double rise = warmupRatio > 0 ? Math.min(1, spent / warmupRatio) : 1;
      double done = Math.max(0, spent - warmupRatio) / (1 - warmupRatio);
      return peak * rise * decay.of(Math.min(1, done));
    }
  }

  /** How a rate comes down from its peak: a function of the share done, from 1 at 0 to 0 at 1. */
  sealed interface Decay {
    /** The factor on the peak when {@code done} of the way, from 0 to 1, is behind. */
    double of(double done);

    /** Half a cosine (Loshchilov and Hutter 2017, eq. 5, without restarts). */
    record Cosine() implements Decay {
      @Override
      public double of(double done) {
        return 0.5 * (1 + Math.cos(Math.PI * done));
      }
    }

    /** A straight line. */
    record Linear() implements Decay {
      @Override
      public double of(double done) {
        return 1 - done;
      }
    }

    /**
     * Warm-up, stable, decay: the peak until the last {@code share} of the way, then one minus a
     * square root (Hägele et al. 2024, eq. 1).
     */
    record Stable(double share) implements Decay {
      @Override
      public double of(double done) {
        return 1 - Math.sqrt(Math.max(0, (done - (1 - share)) / share));
      }
    }
  }

  private static double warmedUp(long step, int warmup) {
    return Math.min(1, (double) step / Math.max(1, warmup));
  }
}
