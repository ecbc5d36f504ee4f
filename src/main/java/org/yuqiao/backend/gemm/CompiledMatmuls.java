package org.yuqiao.backend.gemm;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Compiled matmuls of one thread by their sizes, the least recently used closed.
 *
 * @param <S> what a matmul is compiled for
 * @param <M> a compiled matmul
 */
final class CompiledMatmuls<S, M extends CompiledMatmuls.Compiled> {
  private final int capacity;
  private final Map<S, M> matmuls = new LinkedHashMap<>(64, 0.75f, true);

  /** Native code and memory. */
  interface Compiled extends AutoCloseable {
    @Override
    void close();
  }

  /** Keeps up to {@code capacity}, at least one. */
  CompiledMatmuls(int capacity) {
    this.capacity = capacity;
  }

  /** The matmul of a size, which is compiled at its first use. It is valid until the next call. */
  M of(S size, Function<S, M> compiler) {
    M matmul = matmuls.computeIfAbsent(size, compiler);
    if (matmuls.size() > capacity) {
      Iterator<M> all = matmuls.values().iterator();
      all.next().close();
      all.remove();
    }
    return matmul;
  }
}
