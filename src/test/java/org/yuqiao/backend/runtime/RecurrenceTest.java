package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.Backpropagation;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.recurrent.AttentiveRecurrenceOp;
import org.yuqiao.backend.op.recurrent.FinalStatesOp;
import org.yuqiao.backend.op.recurrent.RecurrenceOp;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** Recurrent layers: steps by hand, gradients by central differences, kernels by references. */
class RecurrenceTest extends KernelAgreement {
  /** Sequences of 1, 2, .. positions, padded to {@code length}; the last has none. */
  private static float[] mask(int rows, int length) {
    float[] mask = new float[rows * length];
    for (int i = 0; i < mask.length; i++) {
      int tokens = (i / length) == rows - 1 && rows > 2 ? 0 : length - i / length;
      mask[i] = i % length < tokens ? 1 : 0;
    }
    return mask;
  }

  private static Map<String, long[]> shapes(RecurrentCell cell, int rows, int length, int width) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("x", new long[] {rows, length, (long) cell.blocks() * width});
    shapes.put("u", new long[] {width, (long) cell.blocks() * width});
    return shapes;
  }

  private static Map<String, long[]> withInitial(RecurrentCell cell, Map<String, long[]> shapes) {
    long width = shapes.get("u")[0];
    shapes.put("h", new long[] {shapes.get("x")[0], 1, width});
    if (cell.hasMemory()) {
      shapes.put("c", new long[] {shapes.get("x")[0], 1, width});
    }
    return shapes;
  }

  private static RecurrentState initial(Map<String, SDVariable> in) {
    return new RecurrentState(in.get("h"), Optional.ofNullable(in.get("c")));
  }

  private static SDVariable seen(SameDiff graph, SDVariable like) {
    return graph.placeHolder("seen", like.dataType(), -1, -1);
  }

  /** A bidirectional layer, and one that begins with functions of its final states. */
  private static Builder layers(RecurrentCell cell, boolean begun) {
    return (graph, in) -> {
      SDVariable mask = seen(graph, in.get("x"));
      SDVariable left = RecurrenceOp.of(cell, in.get("x"), in.get("u"), mask, false);
      SDVariable right = RecurrenceOp.of(cell, in.get("x"), in.get("u"), mask, true);
      SDVariable both = JoinOp.of(left, right);
      if (!begun) {
        return both;
      }
      SDVariable last = FinalStatesOp.of(both);
      SDVariable h = graph.math().tanh(LinearOp.of(last, in.get("w")));
      SDVariable start = h.mul(in.get("h"));
      Optional<SDVariable> c = Optional.ofNullable(in.get("c")).map(x -> x.mul(h));
      RecurrentState initial = new RecurrentState(start, c);
      return RecurrenceOp.of(cell, in.get("x"), in.get("u"), mask, initial);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM,1,1,2", "LSTM,3,5,3", "LSTM,2,4,16", "LSTM,4,3,17", "LSTM,3,2,33",
    "GRU,1,1,2", "GRU,3,5,3", "GRU,2,4,16", "GRU,4,3,17", "GRU,3,2,33"
  })
  void kernelsAgreeWithReferences(RecurrentCell cell, int rows, int length, int width) {
    Inputs feeds = feeds(rows, length).floats("seen", mask(rows, length), rows, length);
    check(shapes(cell, rows, length, width), feeds, layers(cell, false));
    Map<String, long[]> shapes = withInitial(cell, shapes(cell, rows, length, width));
    shapes.put("w", new long[] {2L * width, width});
    check(shapes, feeds, layers(cell, true));
  }

  private static Map<String, long[]> attentiveShapes(
      RecurrentCell cell, int rows, int length, int width, int sources) {
    Map<String, long[]> shapes = withInitial(cell, shapes(cell, rows, length, width));
    shapes.put("cc", new long[] {width + 2L, (long) cell.blocks() * width});
    shapes.put("wa", new long[] {width, width + 1L});
    shapes.put("v", new long[] {width + 1L});
    shapes.put("keys", new long[] {rows, sources, width + 1L});
    shapes.put("memory", new long[] {rows, sources, width + 2L});
    return shapes;
  }

  private static Builder attentive(RecurrentCell cell) {
    return (graph, in) -> {
      AttentiveRecurrenceOp.Weights weights =
          new AttentiveRecurrenceOp.Weights(in.get("u"), in.get("cc"), in.get("wa"), in.get("v"));
      SDVariable mask = seen(graph, in.get("x"));
      AttentiveRecurrenceOp.Source source =
          new AttentiveRecurrenceOp.Source(in.get("keys"), in.get("memory"), mask);
      return AttentiveRecurrenceOp.of(cell, in.get("x"), weights, source, initial(in)).joined();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM,1,1,1,1", "LSTM,3,5,3,4", "LSTM,2,4,16,17", "LSTM,4,3,17,2", "LSTM,1,2,33,9",
    "GRU,1,1,1,1", "GRU,3,5,3,4", "GRU,2,4,16,17", "GRU,4,3,17,2", "GRU,1,2,33,9"
  })
  void attentiveKernelsAgreeWithReferences(
      RecurrentCell cell, int rows, int length, int width, int sources) {
    check(
        attentiveShapes(cell, rows, length, width, sources),
        feeds(rows, length).floats("seen", mask(rows, sources), rows, sources),
        attentive(cell));
  }

  @Tag("nd4j")
  @ParameterizedTest
  @EnumSource(RecurrentCell.class)
  void gradientsAgreeWithCentralDifferences(RecurrentCell cell) {
    Map<String, long[]> shapes = withInitial(cell, shapes(cell, 3, 4, 2));
    shapes.put("w", new long[] {4, 2});
    Inputs feeds = feeds(3, 4).floats("seen", mask(3, 4), 3, 4);
    checkGradients(shapes, feeds, layers(cell, true));
    Inputs sources = feeds(3, 4).floats("seen", mask(3, 5), 3, 5);
    checkGradients(attentiveShapes(cell, 3, 4, 2, 5), sources, attentive(cell));
  }

  /** Every element of every gradient, in DOUBLE. */
  private void checkGradients(Map<String, long[]> shapes, Inputs feeds, Builder builder) {
    ParameterBuffer parameters = ParameterBuffer.zeros(shapes, DataType.DOUBLE);
    SameDiff graph = SameDiff.create();
    Map<String, SDVariable> inputs = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> inputs.put(name, graph.var(name, DataType.DOUBLE, shape)));
    SplittableRandom random = new SplittableRandom(5);
    for (long i = 0; i < parameters.size(); i++) {
      parameters.flat().putScalar(i, random.nextGaussian());
    }
    SDVariable result = builder.build(graph, inputs);
    SDVariable targets = graph.placeHolder("targets", DataType.INT32, -1, -1);
    SDVariable shown = graph.placeHolder("mask", DataType.DOUBLE, -1, -1);
    SDVariable loss = CrossEntropyOp.of(result, targets, shown, 0.1).loss();
    SDVariable one = graph.constant("one", Nd4j.ones(DataType.DOUBLE, 1));
    Map<String, SDVariable> gradients = Backpropagation.gradients(loss, one, shapes.keySet());
    List<String> outputs = new ArrayList<>(List.of(loss.name()));
    gradients.values().forEach(gradient -> outputs.add(gradient.name()));
    Session session = new Nd4jSession(graph, outputs, parameters);
    Session forward = new Nd4jSession(graph, List.of(loss.name()), parameters);
    Map<String, INDArray> found = session.run(feeds);
    for (String name : shapes.keySet()) {
      INDArray gradient = found.get(gradients.get(name).name());
      INDArray view = parameters.view(name);
      for (long i = 0; i < view.length(); i++) {
        double old = view.getDouble(i);
        view.putScalar(i, old + 1e-5);
        double above = forward.run(feeds).get(loss.name()).getDouble(0);
        view.putScalar(i, old - 1e-5);
        double below = forward.run(feeds).get(loss.name()).getDouble(0);
        view.putScalar(i, old);
        assertEquals((above - below) / 2e-5, gradient.getDouble(i), 1e-8, name + " " + i);
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] oneStep(RecurrentCell cell, double[] input, double h, double... memory) {
    INDArray x = Nd4j.createFromArray(input).reshape(1, input.length);
    INDArray before = Nd4j.createFromArray(h).reshape(1, 1);
    INDArray u = x.mul(0.5).mul(h);
    INDArray c = Nd4j.createFromArray(memory.length > 0 ? memory[0] : 0).reshape(1, 1);
    RecurrentCell.State state = cell.step(x, u, new RecurrentCell.State(before, c)).state();
    return new double[] {state.h().getDouble(0), state.c().getDouble(0)};
  }

  @Test
  void lstmStepMatchesItsEquations() {
    // a = x + h U with U = x / 2 and h = 0.6: 1.3 x
    double[] x = {0.3, -0.7, 1.1, 0.2};
    double c =
        sigmoid(-0.91) * 0.8 + sigmoid(0.39) * Math.tanh(1.43); // forget the old, admit the new
    double h = sigmoid(0.26) * Math.tanh(c);
    assertArrayEquals(new double[] {h, c}, oneStep(RecurrentCell.LSTM, x, 0.6, 0.8), 1e-12);
  }

  @Test
  void gruStepMatchesItsEquations() {
    double[] x = {0.3, -0.7, 1.1};
    double r = sigmoid(0.39);
    double z = sigmoid(-0.91);
    double n = Math.tanh(1.1 + r * 0.33);
    double h = z * 0.6 + (1 - z) * n;
    assertEquals(h, oneStep(RecurrentCell.GRU, x, 0.6)[0], 1e-12);
  }
}
