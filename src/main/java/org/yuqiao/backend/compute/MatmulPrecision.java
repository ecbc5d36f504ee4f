package org.yuqiao.backend.compute;

/** The type that large matmuls of a training step round their inputs to; sums are float32. */
public enum MatmulPrecision {
  FLOAT32,
  /** bfloat16: the exponent of float32, 8 bits of its significand (Kalamkar et al. 2019). */
  BFLOAT16,
  /** bfloat16 where the processor multiplies it, else float32. */
  AUTO
}
