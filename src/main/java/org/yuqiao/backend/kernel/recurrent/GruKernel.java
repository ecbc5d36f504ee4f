package org.yuqiao.backend.kernel.recurrent;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.simd.SimdMath;

/** A step of the GRU cell, in the blocks that {@code GruCell} defines. */
final class GruKernel implements CellKernel {
  @Override
  public void forward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.LANES) {
      FloatVector r = SimdMath.sigmoid(row.preActivation(j));
      FloatVector z = SimdMath.sigmoid(row.preActivation(stride + j));
      FloatVector u = SimdMath.load(row.recurrent, 2 * stride + j);
      FloatVector n = SimdMath.tanh(r.mul(u).add(SimdMath.load(row.input, 2 * stride + j)));
      r.intoArray(row.tape, j);
      z.intoArray(row.tape, stride + j);
      n.intoArray(row.tape, 2 * stride + j);
      u.intoArray(row.tape, 3 * stride + j);
      SimdMath.load(row.h, j).sub(n).mul(z).add(n).intoArray(row.h, j);
    }
  }

  @Override
  public void backward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.LANES) {
      FloatVector r = SimdMath.load(row.tape, j);
      FloatVector z = SimdMath.load(row.tape, stride + j);
      FloatVector n = SimdMath.load(row.tape, 2 * stride + j);
      FloatVector u = SimdMath.load(row.tape, 3 * stride + j);
      FloatVector dh = SimdMath.load(row.dh, j);
      FloatVector rest = z.neg().add(1f);
      FloatVector dn = dh.mul(rest).mul(n.mul(n).neg().add(1f));
      FloatVector dr = dn.mul(u).mul(r).mul(r.neg().add(1f));
      FloatVector dz = SimdMath.load(row.h, j).sub(n).mul(dh).mul(z).mul(rest);
      dr.intoArray(row.input, j);
      dr.intoArray(row.recurrent, j);
      dz.intoArray(row.input, stride + j);
      dz.intoArray(row.recurrent, stride + j);
      dn.intoArray(row.input, 2 * stride + j);
      dn.mul(r).intoArray(row.recurrent, 2 * stride + j);
      dh.mul(z).intoArray(row.dh, j);
    }
  }
}
