package org.yuqiao.evaluate.alignment;

/** A link between a source word and a target word, by their indices from 0. */
public record WordLink(int source, int target) {
  /** The link in the opposite direction. */
  public WordLink reversed() {
    return new WordLink(target, source);
  }
}
