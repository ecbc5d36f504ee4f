package org.yuqiao.backend.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.backend.tensor.Tensor;

/** The values that slots have before the first step: weights, constants and placeholders. */
final class SlotValues {
  private final Tensor[] fixed;
  private final Map<String, Integer> placeholders = new LinkedHashMap<>();

  /** Reads weights and constants of {@code graph}, whose variables have these {@code slots}. */
  SlotValues(SameDiff graph, Map<String, Integer> slots, Function<String, Tensor> weights) {
    this.fixed = new Tensor[slots.size()];
    slots.forEach(
        (name, slot) -> {
          SDVariable variable = graph.getVariable(name);
          switch (variable.getVariableType()) {
            case VARIABLE -> fixed[slot] = weights.apply(name);
            case CONSTANT -> fixed[slot] = constant(variable.getArr());
            case PLACEHOLDER -> placeholders.put(name, slot);
            default -> {} // A step fills it.
          }
        });
  }

  private static Tensor constant(INDArray array) {
    if (array.dataType() == DataType.INT32) {
      return Tensor.ints(array.dup('c').data().asInt(), array.shape());
    }
    Tensor.Block block = Tensor.Block.allocate(Math.toIntExact(array.length()));
    Tensor tensor = Tensor.floats(block, array.shape());
    tensor.write(0, array.dup('c').data().asFloat(), 0, tensor.size());
    return tensor;
  }

  /** One value per slot: weights, constants and {@code inputs}; null where a step computes it. */
  Tensor[] with(Inputs inputs, OutputAllocator allocator) {
    Tensor[] values = fixed.clone();
    placeholders.forEach((name, slot) -> values[slot] = placeholder(name, inputs, allocator));
    return values;
  }

  private static Tensor placeholder(String name, Inputs inputs, OutputAllocator allocator) {
    Optional<StateCache> cache = inputs.cache(name);
    if (cache.isPresent()) {
      Tensor tensor = cache.get().tensor(name);
      tensor.block().retain();
      return tensor;
    }
    Optional<Inputs.Ints> ints = inputs.ints(name);
    if (ints.isPresent()) {
      return Tensor.ints(ints.get().values(), ints.get().shape());
    }
    Inputs.Floats floats =
        inputs.floats(name).orElseThrow(() -> new IllegalArgumentException("no value for " + name));
    Tensor tensor = allocator.allocate(floats.shape());
    tensor.write(0, floats.values(), 0, tensor.size());
    return tensor;
  }

  /** Releases the placeholders among {@code values} after a run. */
  void release(Tensor[] values, OutputAllocator allocator) {
    for (int slot : placeholders.values()) {
      allocator.release(values[slot]);
    }
  }
}
