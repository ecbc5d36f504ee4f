package org.yuqiao.train;

/** Measures a model on held-out examples during training. */
public interface Validator extends AutoCloseable {
  /** Measures the present parameters. */
  Progress.Validation validate(long step, double seconds);

  @Override
  void close();
}
