package org.yuqiao.backend.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.tensor.Arena;
import org.yuqiao.backend.tensor.Shapes;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Decides in whose memory each output of a step lies. The first that applies:
 *
 * <ol>
 *   <li>the last input's, where the kernel only passes that on;
 *   <li>the first input's, where the op works in place;
 *   <li>the destination that {@link #redirect} has set for the output;
 *   <li>an input's that the kernel may overwrite and nothing else reads: memory that is in the
 *       processor's cache, and less of it in all;
 *   <li>a block of the arena.
 * </ol>
 */
final class OutputAllocator implements AutoCloseable {
  private final Arena arena = new Arena();
  private final Map<Integer, Tensor> destinations = new HashMap<>();

  /** From now on the value of {@code slot} is written to {@code destination}. */
  void redirect(int slot, Tensor destination) {
    destination.block().pin();
    destinations.put(slot, destination);
  }

  /** The outputs of {@code step}, with room for the results of {@code kernel}. */
  Tensor[] allocate(Plan.Step step, Kernel kernel, Tensor[] in) {
    long[][] inputShapes = new long[in.length][];
    for (int i = 0; i < in.length; i++) {
      inputShapes[i] = in[i].shape();
    }
    long[][] shapes = kernel.outputShapes(inputShapes);
    Tensor[] out = new Tensor[shapes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = allocate(step, kernel, in, i, shapes[i]);
    }
    return out;
  }

  private Tensor allocate(Plan.Step step, Kernel kernel, Tensor[] in, int output, long[] shape) {
    if (kernel.passesLastInputOn()) {
      return sharing(in[in.length - 1], shape);
    }
    if (output == 0 && kernel.inPlace()) {
      return sharing(in[0], shape);
    }
    Tensor destination = destinations.get(step.outputs()[output]);
    if (destination != null) {
      return destination;
    }
    return output == 0
        ? overwritten(step, kernel, in, shape).orElseGet(() -> allocate(shape))
        : allocate(shape);
  }

  private static Optional<Tensor> overwritten(
      Plan.Step step, Kernel kernel, Tensor[] in, long[] shape) {
    for (int i = 0; i < in.length; i++) {
      int slot = step.inputs()[i];
      if (kernel.overwrites(i)
          && in[i].isFloat()
          && in[i].block().hasOneReader()
          && Arrays.equals(in[i].shape(), shape)
          && Arrays.stream(step.lastUses()).anyMatch(last -> last == slot)) {
        return Optional.of(sharing(in[i], shape));
      }
    }
    return Optional.empty();
  }

  private static Tensor sharing(Tensor tensor, long[] shape) {
    Tensor other = Tensor.floats(tensor.block(), shape);
    other.block().retain();
    return other;
  }

  /** An array of the arena, content unknown. */
  Tensor allocate(long[] shape) {
    Tensor tensor = Tensor.floats(arena.take(Math.toIntExact(Shapes.size(shape))), shape);
    tensor.block().retain();
    return tensor;
  }

  /** Counts one reader of {@code tensor} less; the arena takes back what has none left. */
  void release(Tensor tensor) {
    if (tensor.isFloat() && tensor.block().release()) {
      arena.give(tensor.block());
    }
  }

  /**
   * Sees to it that the value of {@code slot} is at its destination. A value that shares its memory
   * with others, like a gradient that passes through an addition, is copied there.
   *
   * @return whether the slot has a destination
   */
  boolean deliver(int slot, Tensor value) {
    Tensor destination = destinations.get(slot);
    if (destination == null) {
      return false;
    }
    if (destination.block() != value.block()) {
      float[] copy = new float[value.size()];
      value.read(0, copy, 0, copy.length);
      destination.write(0, copy, 0, copy.length);
      release(value);
    }
    return true;
  }

  @Override
  public void close() {
    arena.close();
  }
}
