package org.yuqiao.backend.kernel.recurrent;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.simd.SimdMath;

/** A step of the LSTM cell, in the blocks that {@code LstmCell} defines. */
final class LstmKernel implements CellKernel {
  @Override
  public void forward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.LANES) {
      FloatVector i = SimdMath.sigmoid(row.preActivation(j));
      FloatVector f = SimdMath.sigmoid(row.preActivation(stride + j));
      FloatVector g = SimdMath.tanh(row.preActivation(2 * stride + j));
      FloatVector o = SimdMath.sigmoid(row.preActivation(3 * stride + j));
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

  @Override
  public void backward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.LANES) {
      FloatVector i = SimdMath.load(row.tape, j);
      FloatVector f = SimdMath.load(row.tape, stride + j);
      FloatVector g = SimdMath.load(row.tape, 2 * stride + j);
      FloatVector o = SimdMath.load(row.tape, 3 * stride + j);
      FloatVector t = SimdMath.tanh(SimdMath.load(row.tape, 4 * stride + j));
      FloatVector dh = SimdMath.load(row.dh, j);
      FloatVector dc = dh.mul(o).mul(oneMinus(t.mul(t))).add(SimdMath.load(row.dc, j));
      store(row, j, dc.mul(g).mul(i).mul(oneMinus(i)));
      store(row, stride + j, dc.mul(SimdMath.load(row.c, j)).mul(f).mul(oneMinus(f)));
      store(row, 2 * stride + j, dc.mul(i).mul(oneMinus(g.mul(g))));
      store(row, 3 * stride + j, dh.mul(t).mul(o).mul(oneMinus(o)));
      dc.mul(f).intoArray(row.dc, j);
      SimdMath.broadcast(0).intoArray(row.dh, j);
    }
  }

  private static FloatVector oneMinus(FloatVector x) {
    return x.neg().add(1f);
  }

  private static void store(CellRow row, int at, FloatVector gradient) {
    gradient.intoArray(row.input, at);
    gradient.intoArray(row.recurrent, at);
  }
}
