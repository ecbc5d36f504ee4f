package org.yuqiao.backend.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Shapes;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;
import org.yuqiao.files.TensorFile;

/** Weights in a file that stays open; each is read on first use. */
final class StoredWeights implements WeightSource {
  private final TensorFile file;
  private final Map<String, Tensor> tensors = new ConcurrentHashMap<>();

  StoredWeights(TensorFile file) {
    this.file = file;
  }

  @Override
  public DataType type() {
    return DataType.FLOAT;
  }

  @Override
  public long[] shape(String name) {
    return file.shape(name);
  }

  @Override
  public Tensor tensor(String name) {
    return tensors.computeIfAbsent(name, this::load);
  }

  @Override
  public float[] floats(String name) {
    return file.floats(name);
  }

  @Override
  public <T> T read(String name, Function<Tensor, T> reader) {
    Tensor kept = tensors.get(name);
    if (kept != null) {
      return reader.apply(kept);
    }
    Tensor tensor = load(name);
    try {
      return reader.apply(tensor);
    } finally {
      tensor.block().close();
    }
  }

  private Tensor load(String name) {
    long[] shape = file.shape(name);
    Tensor.Block block = Tensor.Block.allocate((int) Shapes.size(shape));
    file.read(name, block.floats().duplicate());
    return Tensor.floats(block, shape);
  }

  @Override
  public Optional<QuantizedTensor> quantized(String name) {
    return file.isQuantized(name) ? Optional.of(file.quantized(name)) : Optional.empty();
  }

  @Override
  public ParameterBuffer buffer() {
    ParameterBuffer buffer = ParameterBuffer.zeros(file.shapes(), type());
    buffer.read(file);
    return buffer;
  }
}
