package org.yuqiao.text.normalize;

/** An idempotent normalization step. */
public interface TextStep {
  /** The name in reports and settings. */
  String name();

  /** The sentence after the step. */
  String apply(String sentence);
}
