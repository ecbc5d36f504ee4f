package org.yuqiao.backend.kernel.recurrent;

import static org.yuqiao.backend.kernel.recurrent.LstmCell.block;

import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.op.RecurrentCell;
import org.yuqiao.backend.simd.SimdMath;

/**
 * The gated recurrent unit: with p = x W + b and u = h U in blocks r, z, n,
 *
 * <pre>
 *   r = sigmoid(p_r + u_r),  z = sigmoid(p_z + u_z),  n = tanh(p_n + r u_n)
 *   h' = z h + (1 - z) n
 * </pre>
 *
 * (Cho et al. 2014, eq. 5-8). The reset gate acts on the product h U_n, as in the first version of
 * that paper, rather than on h before it: so one product with U serves all three blocks. The tape
 * holds r, z, n and u_n.
 */
public final class GruCell {
  private GruCell() {}

  public static void forward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.COUNT) {
      FloatVector r = SimdMath.sigmoid(sum(row, j));
      FloatVector z = SimdMath.sigmoid(sum(row, stride + j));
      FloatVector u = SimdMath.load(row.recurrent, 2 * stride + j);
      FloatVector n = SimdMath.tanh(r.mul(u).add(SimdMath.load(row.input, 2 * stride + j)));
      r.intoArray(row.tape, j);
      z.intoArray(row.tape, stride + j);
      n.intoArray(row.tape, 2 * stride + j);
      u.intoArray(row.tape, 3 * stride + j);
      SimdMath.load(row.h, j).sub(n).mul(z).add(n).intoArray(row.h, j);
    }
  }

  private static FloatVector sum(CellRow row, int at) {
    return SimdMath.load(row.input, at).add(SimdMath.load(row.recurrent, at));
  }

  public static void backward(CellRow row) {
    int stride = row.stride;
    for (int j = 0; j < stride; j += SimdMath.COUNT) {
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

  public static RecurrentCell.Stepped step(
      INDArray input, INDArray recurrent, RecurrentCell.State before) {
    INDArray r = Transforms.sigmoid(block(input, 0, 3).add(block(recurrent, 0, 3)));
    INDArray z = Transforms.sigmoid(block(input, 1, 3).add(block(recurrent, 1, 3)));
    INDArray u = block(recurrent, 2, 3);
    INDArray n = Transforms.tanh(block(input, 2, 3).add(r.mul(u)));
    INDArray h = before.h().mul(z).add(n.mul(z.rsub(1)));
    return new RecurrentCell.Stepped(
        new RecurrentCell.State(h, before.c()), Nd4j.hstack(r, z, n, u));
  }

  public static RecurrentCell.Gradients stepBackward(
      INDArray tape, RecurrentCell.State before, RecurrentCell.State gradient) {
    INDArray r = block(tape, 0, 4);
    INDArray z = block(tape, 1, 4);
    INDArray n = block(tape, 2, 4);
    INDArray u = block(tape, 3, 4);
    INDArray dh = gradient.h();
    INDArray dn = dh.mul(z.rsub(1)).mul(n.mul(n).rsub(1));
    INDArray dr = dn.mul(u).mul(r).mul(r.rsub(1));
    INDArray dz = dh.mul(before.h().sub(n)).mul(z).mul(z.rsub(1));
    return new RecurrentCell.Gradients(
        Nd4j.hstack(dr, dz, dn),
        Nd4j.hstack(dr, dz, dn.mul(r)),
        new RecurrentCell.State(dh.mul(z), gradient.c()));
  }
}
