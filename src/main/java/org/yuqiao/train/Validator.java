package org.yuqiao.train;

/** Measures a model on held-out examples while it is trained. */
public interface Validator extends AutoCloseable {
  /** Measures the parameters as they are now. */
  Progress.Validation validate(long step, double seconds);

  @Override
  void close();
}
