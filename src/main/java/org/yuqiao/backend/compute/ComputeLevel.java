package org.yuqiao.backend.compute;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What computes, from the slowest to the fastest; each level includes those before it. */
public enum ComputeLevel {
  /** ND4J's own ops: any device, any floating-point type. */
  ND4J("ND4J's own ops"),
  /** Kernels in the Vector API for float32 on the CPU; large matmuls by OpenBLAS. */
  VECTOR("vector kernels"),
  /** Large float32 matmuls by oneDNN. */
  ONEDNN("vector kernels and oneDNN"),
  /** int8 matmuls by oneDNN too, with the instructions of AVX-512 VNNI. */
  VNNI("vector kernels and oneDNN with VNNI"),
  /** bfloat16 matmuls by oneDNN where a training wants them, with those of AVX512-BF16. */
  BF16("vector kernels and oneDNN with VNNI and BF16");

  private final String description;

  ComputeLevel(String description) {
    this.description = description;
  }

  /** A few words for people. */
  String description() {
    return description;
  }

  /** The name in settings, in lower case. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of that {@link #key}. */
  static Optional<ComputeLevel> of(String key) {
    return Arrays.stream(values()).filter(level -> level.key().equals(key)).findFirst();
  }
}
