package org.yuqiao.text.normalize;

/** One step of normalizing a sentence. Applying it twice changes nothing more. */
public interface TextStep {
  /** The step's name in reports and settings. */
  String name();

  /** The sentence after the step. */
  String apply(String sentence);
}
