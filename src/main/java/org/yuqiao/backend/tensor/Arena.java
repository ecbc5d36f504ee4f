package org.yuqiao.backend.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Native memory for the arrays of one session, reused from step to step, so that nothing is
 * allocated, cleared or page-faulted twice.
 *
 * <p>Block sizes have four steps per octave: at most a quarter is wasted, and batches of changing
 * shape reuse each other's blocks.
 */
public final class Arena implements AutoCloseable {
  private final TreeMap<Integer, Deque<Tensor.Block>> free = new TreeMap<>();
  private final Deque<Tensor.Block> all = new ArrayDeque<>();

  /** A block for at least {@code length} elements, content unknown. */
  public Tensor.Block take(int length) {
    int size = roundUp(length);
    Map.Entry<Integer, Deque<Tensor.Block>> entry = free.ceilingEntry(size);
    if (entry != null && entry.getKey() <= 2 * size) {
      Tensor.Block block = entry.getValue().pop();
      if (entry.getValue().isEmpty()) {
        free.remove(entry.getKey());
      }
      return block;
    }
    Tensor.Block block = Tensor.Block.allocate(size);
    all.push(block);
    return block;
  }

  /** Takes {@code block} back. */
  public void give(Tensor.Block block) {
    free.computeIfAbsent(block.capacity(), size -> new ArrayDeque<>()).push(block);
  }

  static int roundUp(int length) {
    int needed = Math.max(length, 64);
    int quarter = Math.max(16, Integer.highestOneBit(needed - 1) / 4);
    return Math.toIntExact(((long) needed + quarter - 1) / quarter * quarter);
  }

  @Override
  public void close() {
    all.forEach(Tensor.Block::close);
    all.clear();
    free.clear();
  }
}
