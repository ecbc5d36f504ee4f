package org.yuqiao.model;

/**
 * Which of source embedding, target embedding and output layer share weights (Press and Wolf 2017).
 */
public enum WeightTying {
  /** Source embedding, target embedding and output layer each have their own. */
  NONE,
  /** The output layer is the target embedding transposed. */
  TARGET,
  /** All three are one matrix, which needs a joint vocabulary. */
  THREE_WAY;

  /** The parameter that holds the embeddings of {@code stack}, "encoder" or "decoder". */
  String embeddingName(String stack) {
    return this == THREE_WAY ? "embedding" : stack + ".embedding";
  }
}
