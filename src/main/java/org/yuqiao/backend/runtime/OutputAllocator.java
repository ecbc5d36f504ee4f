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
 * Decides where each output of a step is put. The first of these that applies:
 *
 * <ol>
 *   <li>the memory of the last input, where the kernel only passes that on;
 *   <li>the memory of the first input, where the op works in place;
 *   <li>the destination that {@link #redirect} has set for the output;
 *   <li>the memory of an input that the kernel may overwrite and nothing else reads: it is in the
 *       processor's cache already;
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

  /** Memory for the outputs of {@code step}, computed by {@code kernel}. */
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

  /** Drops one reader of {@code tensor}; memory without readers goes back to the arena. */
  void release(Tensor tensor) {
    if (tensor.isFloat() && tensor.block().release()) {
      arena.give(tensor.block());
    }
  }

  /**
   * Brings the value of {@code slot} to its destination. Copies a value that lies elsewhere, like a
   * gradient that an addition passes on.
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
