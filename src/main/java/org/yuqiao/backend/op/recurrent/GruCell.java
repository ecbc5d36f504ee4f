package org.yuqiao.backend.op.recurrent;

import static org.yuqiao.backend.op.recurrent.RecurrentCell.block;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The gated recurrent unit: with p = x W + b and u = h U in blocks r, z, n,
 *
 * <pre>
 *   r = sigmoid(p_r + u_r),  z = sigmoid(p_z + u_z),  n = tanh(p_n + r u_n)
 *   h' = z h + (1 - z) n
 * </pre>
 *
 * (Cho et al. 2014, eq. 5-8). The reset gate acts on h U_n, as in the first version of that paper,
 * rather than on h: one matmul with U serves all three blocks. The tape holds r, z, n and u_n.
 */
final class GruCell {
  private GruCell() {}

  static RecurrentCell.Stepped step(
      INDArray input, INDArray recurrent, RecurrentCell.State before) {
    INDArray r = Transforms.sigmoid(block(input, 0, 3).add(block(recurrent, 0, 3)));
    INDArray z = Transforms.sigmoid(block(input, 1, 3).add(block(recurrent, 1, 3)));
    INDArray u = block(recurrent, 2, 3);
    INDArray n = Transforms.tanh(block(input, 2, 3).add(r.mul(u)));
    INDArray h = before.h().mul(z).add(n.mul(z.rsub(1)));
    return new RecurrentCell.Stepped(
        new RecurrentCell.State(h, before.c()), Nd4j.hstack(r, z, n, u));
  }

  static RecurrentCell.Gradients stepBackward(
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
