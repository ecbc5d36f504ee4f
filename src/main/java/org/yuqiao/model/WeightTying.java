package org.yuqiao.model;

/** Which of the three matrices over vocabularies are one (Press and Wolf 2017). */
public enum WeightTying {
  /** Source embedding, target embedding and output layer each have their own. */
  NONE,
  /** The output layer is the target embedding turned round. */
  TARGET,
  /** All three are one, which needs a vocabulary joint to both sides. */
  THREE_WAY
}
