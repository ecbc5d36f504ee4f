package org.yuqiao.store.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.graph.Axis;
import org.yuqiao.store.graph.GraphBuilder;
import org.yuqiao.store.graph.GraphValue;
import org.yuqiao.store.graph.Size;

/**
 * A graph of ONNX operators, version 17 of their set; values are strings, their names.
 *
 * <p>Field numbers are those of {@code onnx.proto} (ONNX 1.12).
 */
final class OnnxGraph implements GraphBuilder<String> {
  private static final int OPERATORS = 17;

  /** The version of the file format that came with those operators. */
  private static final int FORMAT = 8;

  /** A message of protobuf is smaller than 2 GiB. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final Message graph = new Message().text(2, "yuqiao");
  private final Map<String, String> reused = new HashMap<>();
  private int values;
  private long bytes;

  @Override
  public String nameOf(GraphValue.Type type) {
    return type == GraphValue.Type.INTEGER ? "int64" : "float32";
  }

  @Override
  public void save(Path file) {
    InvalidInputException.require(
        bytes < MAX_BYTES,
        "the weights of %s take %,d MiB, but an ONNX file is limited to 2 GiB"
            .formatted(file.getFileName(), bytes >> 20));
    Message model =
        new Message()
            .integer(1, FORMAT)
            .text(2, "yuqiao")
            .message(7, graph)
            .message(8, new Message().text(1, "").integer(2, OPERATORS));
    AtomicFile.write(file, model::writeTo);
  }

  @Override
  public String input(GraphValue input) {
    graph.message(11, information(input));
    return input.name();
  }

  @Override
  public void output(GraphValue output, String value) {
    graph.message(12, information(output));
    graph.message(1, node("Identity", output.name(), List.of(value), List.of()));
  }

  /** A {@code ValueInfoProto}. */
  private static Message information(GraphValue value) {
    Message shape = new Message();
    for (Axis axis : value.axes()) {
      Message dimension = new Message();
      axis.size()
          .ifPresentOrElse(
              size -> dimension.integer(1, size), () -> dimension.text(2, axis.name()));
      shape.message(1, dimension);
    }
    int type = value.type() == GraphValue.Type.INTEGER ? OnnxTensors.INT64 : OnnxTensors.FLOAT;
    Message tensor = new Message().integer(1, type).message(2, shape);
    return new Message().text(1, value.name()).message(2, new Message().message(1, tensor));
  }

  @Override
  public String constant(String name, INDArray array) {
    bytes += array.length() * array.dataType().width();
    graph.message(5, OnnxTensors.of(name, array));
    return name;
  }

  /** An int64 constant; {@code rank} 0 for a number. */
  private String integers(int rank, long... numbers) {
    String name = "integers." + rank + "." + Arrays.toString(numbers);
    return reused.computeIfAbsent(
        name,
        key -> {
          graph.message(5, OnnxTensors.ofIntegers(name, rank, numbers));
          return name;
        });
  }

  private static Message node(
      String operator, String output, List<String> inputs, List<Message> attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operator);
    attributes.forEach(attribute -> node.message(5, attribute));
    return node;
  }

  private String apply(String operator, List<String> inputs, Message... attributes) {
    String output = "value." + values++;
    graph.message(1, node(operator, output, inputs, List.of(attributes)));
    return output;
  }

  private static Message attribute(String name, long value) {
    return new Message().text(1, name).integer(3, value).integer(20, 2);
  }

  private static Message attribute(String name, float value) {
    return new Message().text(1, name).floating(2, value).integer(20, 1);
  }

  private static Message attribute(String name, int... values) {
    Message attribute = new Message().text(1, name);
    for (int value : values) {
      attribute.integer(8, value);
    }
    return attribute.integer(20, 7);
  }

  @Override
  public String add(String a, String b) {
    return apply("Add", List.of(a, b));
  }

  @Override
  public String subtract(String a, String b) {
    return apply("Sub", List.of(a, b));
  }

  @Override
  public String multiply(String a, String b) {
    return apply("Mul", List.of(a, b));
  }

  @Override
  public String divide(String a, String b) {
    return apply("Div", List.of(a, b));
  }

  @Override
  public String scale(String x, double scale) {
    String number =
        reused.computeIfAbsent(
            "scale." + scale,
            name -> {
              graph.message(5, OnnxTensors.ofNumber(name, (float) scale));
              return name;
            });
    return multiply(x, number);
  }

  @Override
  public String relu(String x) {
    return apply("Relu", List.of(x));
  }

  @Override
  public String sigmoid(String x) {
    return apply("Sigmoid", List.of(x));
  }

  @Override
  public String softmax(String x) {
    return apply("Softmax", List.of(x), attribute("axis", -1L));
  }

  @Override
  public String logSoftmax(String x) {
    return apply("LogSoftmax", List.of(x), attribute("axis", -1L));
  }

  @Override
  public String layerNorm(String x, String gain, String bias, double epsilon) {
    return apply(
        "LayerNormalization",
        List.of(x, gain, bias),
        attribute("axis", -1L),
        attribute("epsilon", (float) epsilon));
  }

  @Override
  public String sum(String x, int axis) {
    return apply("ReduceSum", List.of(x, integers(1, axis)), attribute("keepdims", 1L));
  }

  @Override
  public String linear(String x, String weight, boolean transposed) {
    String matrix =
        transposed
            ? reused.computeIfAbsent("transposed." + weight, key -> transpose(weight, 1, 0))
            : weight;
    return matmul(x, matrix);
  }

  @Override
  public String matmul(String a, String b) {
    return apply("MatMul", List.of(a, b));
  }

  @Override
  public String gather(String x, String indices, int axis) {
    return apply("Gather", List.of(x, indices), attribute("axis", (long) axis));
  }

  @Override
  public String transpose(String x, int... axes) {
    return apply("Transpose", List.of(x), attribute("perm", axes));
  }

  @Override
  public String reshape(String x, List<Size<String>> sizes) {
    return apply("Reshape", List.of(x, shape(sizes)));
  }

  /** A shape, int64 {@code [rank]}. */
  private String shape(List<Size<String>> sizes) {
    if (sizes.stream().noneMatch(Size.Of.class::isInstance)) {
      return integers(1, sizes.stream().mapToLong(OnnxGraph::known).toArray());
    }
    List<String> parts = new ArrayList<>();
    for (Size<String> size : sizes) {
      parts.add(
          size instanceof Size.Of<String> of
              ? size(of.value(), of.axis())
              : integers(1, known(size)));
    }
    return reused.computeIfAbsent(
        "shape." + parts, key -> apply("Concat", parts, attribute("axis", 0L)));
  }

  private static long known(Size<String> size) {
    return size instanceof Size.Fixed<String> fixed ? fixed.length() : -1;
  }

  @Override
  public String integer(long number) {
    return integers(0, number);
  }

  @Override
  public String size(String x, int axis) {
    return reused.computeIfAbsent(
        "size." + axis + "." + x,
        key ->
            apply(
                "Shape", List.of(x), attribute("start", (long) axis), attribute("end", axis + 1L)));
  }

  @Override
  public String concat(String a, String b, int axis) {
    return apply("Concat", List.of(a, b), attribute("axis", (long) axis));
  }

  @Override
  public String range(String count) {
    String end = apply("Squeeze", List.of(count, integers(1, 0)));
    return apply("Range", List.of(integer(0), end, integer(1)));
  }

  @Override
  public String toFloat(String integers) {
    return apply("Cast", List.of(integers), attribute("to", (long) OnnxTensors.FLOAT));
  }
}
