package org.yuqiao.backend.op.recurrent;

import static org.yuqiao.backend.op.recurrent.RecurrentCell.block;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Long short-term memory: with a = x W + b + h U in blocks i, f, g, o,
 *
 * <pre>
 *   c' = sigmoid(a_f) c + sigmoid(a_i) tanh(a_g)
 *   h' = sigmoid(a_o) tanh(c')
 * </pre>
 *
 * (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000). The tape holds the four gates
 * and c'.
 */
final class LstmCell {
  private LstmCell() {}

  static RecurrentCell.Stepped step(
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

  static RecurrentCell.Gradients stepBackward(
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
    INDArray zeros = gradient.h().mul(0);
    return new RecurrentCell.Gradients(da, da, new RecurrentCell.State(zeros, dc.mul(f)));
  }
}
