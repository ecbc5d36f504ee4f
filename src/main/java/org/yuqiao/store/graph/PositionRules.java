package org.yuqiao.store.graph;

import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.model.StepGraph;

/** The rules of absolute and rotary positions. */
record PositionRules<V>(LoweredValues<V> values) {
  void addTo(Map<Class<?>, Lowering.Rule<V>> rules) {
    rules.put(AddPositionsOp.class, (op, args, out) -> add(args));
    rules.put(RotaryOp.class, this::rotate);
  }

  private GraphBuilder<V> builder() {
    return values.builder();
  }

  private V add(String[] args) {
    return builder().add(values.of(args[0]), builder().gather(values.of(args[1]), of(args), 0));
  }

  /** The positions {@code [T]}: the last argument, which a step of one token has, or 0 to T - 1. */
  V of(String[] args) {
    String last = args[args.length - 1];
    return last.equals(StepGraph.POSITION)
        ? values.of(last)
        : values.shared(
            "positions",
            () -> builder().range(builder().size(values.rows(args[0]).orElseThrow(), 1)));
  }

  /** x cos + swap(x) sin, where swap exchanges the columns of a pair and sin has their signs. */
  private V rotate(DifferentialFunction op, String[] args, String output) {
    V positions = of(args);
    V x = values.of(args[0]);
    V cosines = rotations(args[1], "cosines", positions);
    V sines = rotations(args[1], "sines", positions);
    V swapped = builder().gather(x, swap(), 2);
    return builder().add(builder().multiply(x, cosines), builder().multiply(swapped, sines));
  }

  private V swap() {
    return values.shared(
        "swap",
        () -> {
          int[] columns = new int[values.settings().hiddenSize()];
          for (int i = 0; i < columns.length; i++) {
            columns[i] = i ^ 1;
          }
          return builder().constant("swap", Nd4j.createFromArray(columns));
        });
  }

  private V rotations(String angles, String kind, V positions) {
    String name = angles + "." + kind;
    return values.shared(
        name,
        () ->
            builder()
                .gather(
                    builder().constant(name, table(values.array(angles), kind.equals("cosines"))),
                    positions,
                    0));
  }

  /** Cosines, or sines with their signs, {@code [P, D]} of angles {@code [P, d_k / 2]}. */
  private INDArray table(INDArray angles, boolean cosines) {
    int width = values.settings().hiddenSize();
    float[][] table = new float[(int) angles.size(0)][width];
    int pairs = (int) angles.size(1);
    for (int t = 0; t < table.length; t++) {
      for (int c = 0; c < width; c++) {
        double angle = angles.getDouble(t, c / 2 % pairs);
        double sine = c % 2 == 0 ? -Math.sin(angle) : Math.sin(angle);
        table[t][c] = (float) (cosines ? Math.cos(angle) : sine);
      }
    }
    return Nd4j.createFromArray(table);
  }
}
