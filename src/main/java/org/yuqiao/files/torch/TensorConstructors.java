package org.yuqiao.files.torch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.FloatType;
import org.yuqiao.files.torch.Unpickler.Global;
import org.yuqiao.files.torch.Unpickler.Refusal;
import org.yuqiao.files.torch.Unpickler.Tuple;

/** The names that a dictionary of tensors needs, and what is made of them. */
final class TensorConstructors implements Unpickler.Constructors {
  private static final Global TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
  private static final Global PARAMETER = new Global("torch._utils", "_rebuild_parameter");
  private static final Global DICTIONARY = new Global("collections", "OrderedDict");

  /** A type of elements. */
  private record Type(Optional<FloatType> floats, int bytes) {
    static Type of(FloatType type) {
      return new Type(Optional.of(type), type.bytes());
    }

    static Type integer(int bytes) {
      return new Type(Optional.empty(), bytes);
    }
  }

  private static final Map<Global, Type> STORAGES =
      Map.of(
          new Global("torch", "FloatStorage"), Type.of(FloatType.F32),
          new Global("torch", "HalfStorage"), Type.of(FloatType.F16),
          new Global("torch", "BFloat16Storage"), Type.of(FloatType.BF16),
          new Global("torch", "DoubleStorage"), Type.of(FloatType.F64),
          new Global("torch", "LongStorage"), Type.integer(Long.BYTES),
          new Global("torch", "IntStorage"), Type.integer(Integer.BYTES),
          new Global("torch", "ByteStorage"), Type.integer(1),
          new Global("torch", "BoolStorage"), Type.integer(1));

  private final Map<String, StoredTensor.Storage> storages = new HashMap<>();

  /** All storages by key. */
  Map<String, StoredTensor.Storage> storages() {
    return storages;
  }

  @Override
  public void check(Global global) {
    if (!global.equals(TENSOR)
        && !global.equals(PARAMETER)
        && !global.equals(DICTIONARY)
        && !STORAGES.containsKey(global)) {
      throw new Refusal(
          "it refers to "
              + global
              + ", which a file of tensors does not need; nothing in it was run");
    }
  }

  @Override
  public Object call(Global function, List<Object> arguments) {
    if (function.equals(DICTIONARY) && arguments.isEmpty()) {
      return new LinkedHashMap<Object, Object>();
    }
    if (function.equals(PARAMETER)
        && !arguments.isEmpty()
        && arguments.get(0) instanceof StoredTensor tensor) {
      return tensor;
    }
    if (function.equals(TENSOR)
        && arguments.size() >= 4
        && arguments.get(0) instanceof StoredTensor.Storage storage
        && arguments.get(1) instanceof Long offset) {
      return new StoredTensor(
          storage, offset, numbers(arguments.get(2)), numbers(arguments.get(3)));
    }
    throw new Refusal("it calls " + function + " with arguments that do not fit");
  }

  private static long[] numbers(Object tuple) {
    if (tuple instanceof Tuple numbers
        && numbers.items().stream().allMatch(Long.class::isInstance)) {
      return numbers.items().stream().mapToLong(Long.class::cast).toArray();
    }
    throw new Refusal("it has a tensor whose shape or strides are no whole numbers");
  }

  /** {@code ("storage", type, key, device, elements)}. */
  @Override
  public Object persistent(Object id) {
    if (id instanceof Tuple tuple
        && tuple.items().size() >= 5
        && "storage".equals(tuple.items().get(0))
        && tuple.items().get(1) instanceof Global name
        && STORAGES.containsKey(name)
        && tuple.items().get(2) instanceof String key
        && tuple.items().get(4) instanceof Long count
        && count >= 0
        && count <= Long.MAX_VALUE / Double.BYTES) {
      Type type = STORAGES.get(name);
      StoredTensor.Storage storage =
          new StoredTensor.Storage(key, type.floats(), type.bytes(), count);
      StoredTensor.Storage before = storages.putIfAbsent(key, storage);
      if (before != null && !before.equals(storage)) {
        throw new Refusal("it has two different storages " + key);
      }
      return storage;
    }
    throw new Refusal("it refers to something outside it that is no storage of numbers");
  }
}
