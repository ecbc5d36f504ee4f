package org.yuqiao.layers.base;

/** The scale of embeddings below the first layer. */
public enum EmbeddingScale {
  /** sqrt(D) ("Attention Is All You Need", section 3.4). */
  SQRT,
  /** 1: embeddings as they are. */
  NONE
}
