package org.yuqiao.store.samediff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.graph.GraphBuilder;
import org.yuqiao.store.graph.GraphValue;
import org.yuqiao.store.graph.Size;

/**
 * A graph of ops that ND4J 1.0.0-M2.1 saves, loads and computes correctly. Not among them are
 * {@code matmul} of different ranks, {@code layer_norm}, which has no epsilon, {@code log_softmax}
 * with an axis, which cannot be loaded, {@code gather} of a matrix from a vector, which ends the
 * process, and anything with a negative axis: reductions are wrong.
 */
final class SameDiffGraph implements GraphBuilder<SDVariable> {
  /** FlatBuffers 1.12 doubles its buffer and cannot go beyond this. */
  private static final long MAX_BYTES = 1L << 30;

  private final SameDiff graph = SameDiff.create();
  private final Map<List<Size<SDVariable>>, SDVariable> shapes = new HashMap<>();
  private final Map<SDVariable, SDVariable> shapesOf = new HashMap<>();
  private long bytes;

  @Override
  public String nameOf(GraphValue.Type type) {
    return type == GraphValue.Type.INTEGER ? "int32" : "float32";
  }

  @Override
  public void save(Path file) {
    InvalidInputException.require(
        bytes < MAX_BYTES - (MAX_BYTES >> 4),
        "the weights of %s take %,d MiB, but a file of SameDiff is limited to 1 GiB"
            .formatted(file.getFileName(), bytes >> 20));
    AtomicFile.write(
        file,
        out -> {
          ByteBuffer content = graph.asFlatBuffers(false);
          try (WritableByteChannel channel = Channels.newChannel(out)) {
            write(content, channel);
          }
        });
  }

  private static void write(ByteBuffer content, WritableByteChannel channel) throws IOException {
    while (content.hasRemaining()) {
      channel.write(content);
    }
  }

  @Override
  public SDVariable input(GraphValue input) {
    long[] shape = input.axes().stream().mapToLong(axis -> axis.size().orElse(-1)).toArray();
    return graph.placeHolder(
        input.name(),
        input.type() == GraphValue.Type.INTEGER ? DataType.INT32 : DataType.FLOAT,
        shape);
  }

  @Override
  public void output(GraphValue output, SDVariable value) {
    // A value may have two names, or be a weight.
    graph.identity(output.name(), value);
  }

  @Override
  public SDVariable constant(String name, INDArray values) {
    bytes += values.length() * values.dataType().width();
    return graph.constant(name, values.dup('c'));
  }

  @Override
  public SDVariable add(SDVariable a, SDVariable b) {
    return a.add(b);
  }

  @Override
  public SDVariable subtract(SDVariable a, SDVariable b) {
    return a.sub(b);
  }

  @Override
  public SDVariable multiply(SDVariable a, SDVariable b) {
    return a.mul(b);
  }

  @Override
  public SDVariable divide(SDVariable a, SDVariable b) {
    return a.div(b);
  }

  @Override
  public SDVariable scale(SDVariable x, double scale) {
    return x.mul(scale);
  }

  @Override
  public SDVariable relu(SDVariable x) {
    return graph.nn().relu(x, 0);
  }

  @Override
  public SDVariable sigmoid(SDVariable x) {
    return graph.nn().sigmoid(x);
  }

  @Override
  public SDVariable softmax(SDVariable x) {
    return graph.nn().softmax(x, 3);
  }

  @Override
  public SDVariable logSoftmax(SDVariable x) {
    return graph.nn().logSoftmax(x);
  }

  @Override
  public SDVariable layerNorm(SDVariable x, SDVariable gain, SDVariable bias, double epsilon) {
    SDVariable centered = x.sub(graph.mean(x, true, 2));
    SDVariable variance = graph.mean(centered.mul(centered), true, 2);
    SDVariable deviation = graph.math().sqrt(variance.add(epsilon));
    return centered.div(deviation).mul(gain).add(bias);
  }

  @Override
  public SDVariable sum(SDVariable x, int axis) {
    return graph.sum(x, true, axis);
  }

  @Override
  public SDVariable linear(SDVariable x, SDVariable weight, boolean transposed) {
    return graph.tensorMmul(x, weight, new int[] {2}, transposed ? 1 : 0);
  }

  @Override
  public SDVariable matmul(SDVariable a, SDVariable b) {
    return graph.mmul(a, b);
  }

  @Override
  public SDVariable gather(SDVariable x, SDVariable indices, int axis) {
    return graph.gather(x, indices, axis);
  }

  @Override
  public SDVariable transpose(SDVariable x, int... axes) {
    return graph.permute(x, axes);
  }

  @Override
  public SDVariable reshape(SDVariable x, List<Size<SDVariable>> sizes) {
    if (sizes.stream().noneMatch(Size.Of.class::isInstance)) {
      return graph.reshape(x, sizes.stream().mapToLong(SameDiffGraph::known).toArray());
    }
    return graph.reshape(x, shapes.computeIfAbsent(sizes, this::shape));
  }

  private static long known(Size<SDVariable> size) {
    return size instanceof Size.Fixed<SDVariable> fixed ? fixed.length() : -1;
  }

  /** A shape {@code [rank]} that is computed when the graph runs. */
  private SDVariable shape(List<Size<SDVariable>> sizes) {
    List<SDVariable> parts = new ArrayList<>();
    for (Size<SDVariable> size : sizes) {
      parts.add(
          size instanceof Size.Of<SDVariable> of
              ? length(of.value(), of.axis())
              : graph.constant(Nd4j.createFromArray(known(size))));
    }
    return graph.concat(0, parts.toArray(new SDVariable[0]));
  }

  /** The length of an axis, int64 {@code [1]}. */
  private SDVariable length(SDVariable x, int axis) {
    SDVariable shape = shapesOf.computeIfAbsent(x, graph::shape);
    return graph.stridedSlice(shape, new long[] {axis}, new long[] {axis + 1}, new long[] {1});
  }

  @Override
  public SDVariable concat(SDVariable a, SDVariable b, int axis) {
    return graph.concat(axis, a, b);
  }

  @Override
  public SDVariable integer(long number) {
    return graph.constant(Nd4j.scalar(Math.toIntExact(number)));
  }

  @Override
  public SDVariable size(SDVariable x, int axis) {
    return length(x, axis).castTo(DataType.INT32);
  }

  @Override
  public SDVariable range(SDVariable count) {
    SDVariable zero = graph.constant(Nd4j.scalar(0L));
    SDVariable one = graph.constant(Nd4j.scalar(1L));
    SDVariable end = graph.reshape(count.castTo(DataType.INT64), new long[0]);
    return graph.range(zero, end, one, DataType.INT64).castTo(DataType.INT32);
  }

  @Override
  public SDVariable toFloat(SDVariable integers) {
    return integers.castTo(DataType.FLOAT);
  }
}
