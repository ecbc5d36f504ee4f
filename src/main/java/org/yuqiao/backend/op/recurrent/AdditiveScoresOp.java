package org.yuqiao.backend.op.recurrent;

import static org.yuqiao.backend.op.recurrent.AttentiveRecurrenceOp.vector;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.op.CustomOp;

/**
 * Additive attention scores for decoding: e = v &middot; tanh(q + k) (Bahdanau et al. 2015,
 * appendix A.1.2), q {@code [B, T, A]}, k {@code [B, S, A]}, v {@code [A]}, scores {@code [B, 1, T,
 * S]}. Training uses {@link AttentiveRecurrenceOp}.
 */
public final class AdditiveScoresOp extends CustomOp {
  private AdditiveScoresOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_additive_scores";
  }

  /** Scores of every query position against every key position. */
  public static SDVariable of(SDVariable queries, SDVariable keys, SDVariable energy) {
    return new AdditiveScoresOp(queries.getSameDiff(), queries, keys, energy).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][0], 1, in[0][1], in[1][1]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray keys = in[1].dup('c');
    for (int b = 0; b < in[0].size(0); b++) {
      INDArray queries = in[0].dup('c').slice(b).dup('c');
      for (int t = 0; t < in[0].size(1); t++) {
        double[] energies = energies(keys, queries, b, t, in[2]);
        for (int s = 0; s < energies.length; s++) {
          out[0].putScalar(new int[] {b, 0, t, s}, energies[s]);
        }
      }
    }
  }

  /** The energies of row {@code row} of {@code queries} {@code [.., A]} for sentence {@code b}. */
  static double[] energies(INDArray keys, INDArray queries, int b, int row, INDArray energy) {
    double[] energies = new double[(int) keys.size(1)];
    for (int s = 0; s < energies.length; s++) {
      INDArray inside = vector(keys, b, s).add(queries.getRow(row));
      energies[s] = Transforms.tanh(inside).mul(energy).sumNumber().doubleValue();
    }
    return energies;
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
