package org.yuqiao.store.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph in ONNX Runtime, with arrays of ND4J around it. */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Opens a graph; one thread computes it. */
  public OnnxSession(Path file) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The outputs of these names. */
  public Map<String, INDArray> run(Map<String, INDArray> inputs, List<String> outputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (String name : session.getInputNames()) {
        tensors.put(name, tensor(inputs.get(name)));
      }
      Map<String, INDArray> results = new HashMap<>();
      try (OrtSession.Result result = session.run(tensors, new HashSet<>(outputs))) {
        for (String name : outputs) {
          results.put(name, array((OnnxTensor) result.get(name).orElseThrow()));
        }
      }
      return results;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(INDArray array) throws OrtException {
    if (array.dataType() == DataType.FLOAT) {
      float[] values = array.isEmpty() ? new float[0] : array.dup('c').data().asFloat();
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), array.shape());
    }
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(array.dup('c').data().asLong()), array.shape());
  }

  private static INDArray array(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    float[] values = new float[tensor.getFloatBuffer().remaining()];
    tensor.getFloatBuffer().get(values);
    return Nd4j.create(values, shape, 'c');
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
