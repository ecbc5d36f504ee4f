package org.yuqiao.backend.kernel.recurrent;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.op.RecurrentCell;
import org.yuqiao.backend.simd.SimdMath;

/**
 * Long short-term memory: with a = x W + b + h U in blocks i, f, g, o,
 *
 * <pre>
 *   c' = sigmoid(a_f) c + sigmoid(a_i) tanh(a_g)
 *   h' = sigmoid(a_o) tanh(c')
 * </pre>
 *
 * (Hochreiter and Schmidhuber 1997; the forget gate is of Gers et al. 2000). The tape holds the
 * four gates and c'.
 */
public final class LstmCell {
  private LstmCell() {}

  public static void forward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.COUNT) {
      FloatVector i = SimdMath.sigmoid(sum(row, j));
      FloatVector f = SimdMath.sigmoid(sum(row, stride + j));
      FloatVector g = SimdMath.tanh(sum(row, 2 * stride + j));
      FloatVector o = SimdMath.sigmoid(sum(row, 3 * stride + j));
      FloatVector c = SimdMath.load(row.c, j).mul(f).add(i.mul(g));
      i.intoArray(row.tape, j);
      f.intoArray(row.tape, stride + j);
      g.intoArray(row.tape, 2 * stride + j);
      o.intoArray(row.tape, 3 * stride + j);
      c.intoArray(row.tape, 4 * stride + j);
      c.intoArray(row.c, j);
      o.mul(SimdMath.tanh(c)).intoArray(row.h, j);
    }
  }

  private static FloatVector sum(CellRow row, int at) {
    return SimdMath.load(row.input, at).add(SimdMath.load(row.recurrent, at));
  }

  public static void backward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.COUNT) {
      FloatVector i = SimdMath.load(row.tape, j);
      FloatVector f = SimdMath.load(row.tape, stride + j);
      FloatVector g = SimdMath.load(row.tape, 2 * stride + j);
      FloatVector o = SimdMath.load(row.tape, 3 * stride + j);
      FloatVector t = SimdMath.tanh(SimdMath.load(row.tape, 4 * stride + j));
      FloatVector dh = SimdMath.load(row.dh, j);
      FloatVector dc = dh.mul(o).mul(one(t.mul(t))).add(SimdMath.load(row.dc, j));
      store(row, j, dc.mul(g).mul(i).mul(one(i)));
      store(row, stride + j, dc.mul(SimdMath.load(row.c, j)).mul(f).mul(one(f)));
      store(row, 2 * stride + j, dc.mul(i).mul(one(g.mul(g))));
      store(row, 3 * stride + j, dh.mul(t).mul(o).mul(one(o)));
      dc.mul(f).intoArray(row.dc, j);
      SimdMath.all(0).intoArray(row.dh, j);
    }
  }

  /** 1 - x. */
  private static FloatVector one(FloatVector x) {
    return x.neg().add(1f);
  }

  private static void store(CellRow row, int at, FloatVector gradient) {
    gradient.intoArray(row.input, at);
    gradient.intoArray(row.recurrent, at);
  }

  public static RecurrentCell.Stepped step(
      INDArray input, INDArray recurrent, RecurrentCell.State before) {
    INDArray a = input.add(recurrent);
    INDArray i = Transforms.sigmoid(block(a, 0, 4));
    INDArray f = Transforms.sigmoid(block(a, 1, 4));
    INDArray g = Transforms.tanh(block(a, 2, 4));
    INDArray o = Transforms.sigmoid(block(a, 3, 4));
    INDArray c = f.mul(before.c()).add(i.mul(g));
    INDArray h = o.mul(Transforms.tanh(c));
    return new RecurrentCell.Stepped(new RecurrentCell.State(h, c), Nd4j.hstack(i, f, g, o, c));
  }

  public static RecurrentCell.Gradients stepBackward(
      INDArray tape, RecurrentCell.State before, RecurrentCell.State gradient) {
    INDArray i = block(tape, 0, 5);
    INDArray f = block(tape, 1, 5);
    INDArray g = block(tape, 2, 5);
    INDArray o = block(tape, 3, 5);
    INDArray t = Transforms.tanh(block(tape, 4, 5));
    INDArray dc = gradient.h().mul(o).mul(t.mul(t).rsub(1)).add(gradient.c());
    INDArray da =
        Nd4j.hstack(
            dc.mul(g).mul(i).mul(i.rsub(1)),
            dc.mul(before.c()).mul(f).mul(f.rsub(1)),
            dc.mul(i).mul(g.mul(g).rsub(1)),
            gradient.h().mul(t).mul(o).mul(o.rsub(1)));
    INDArray none = gradient.h().mul(0);
    return new RecurrentCell.Gradients(da, da, new RecurrentCell.State(none, dc.mul(f)));
  }

  /** Block {@code k} of {@code count} that stand side by side in {@code a}. */
  public static INDArray block(INDArray a, int k, int count) {
    long width = a.size(1) / count;
    return a.get(all(), interval(k * width, (k + 1) * width)).dup('c');
  }
}
