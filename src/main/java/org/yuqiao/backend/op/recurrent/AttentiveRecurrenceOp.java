package org.yuqiao.backend.op.recurrent;

import static org.yuqiao.backend.op.recurrent.RecurrenceOp.at;
import static org.yuqiao.backend.op.recurrent.RecurrenceOp.put;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.op.GradientOp;

/**
 * A recurrent decoder with additive attention (Bahdanau et al. 2015, section 3.1 and appendix
 * A.1.2). Before each step, the previous state s attends to the memory m,
 *
 * <pre>
 *   e_j = v &middot; tanh(s W_a + k_j),  a = softmax(e),  c = sum_j a_j m_j
 * </pre>
 *
 * and the cell's input is x W + b + c C. The outputs are state and context concatenated {@code [B,
 * T, H + M]}, and the weights a {@code [B, 1, T, S]}. It is one op, for each step needs the
 * previous one.
 */
public final class AttentiveRecurrenceOp extends CustomOp {
  private final RecurrentCell cell;

  private AttentiveRecurrenceOp(SameDiff graph, RecurrentCell cell, SDVariable... args) {
    super(graph, 5, args);
    this.cell = cell;
  }

  @Override
  public String opName() {
    return "yuqiao_attentive_recurrence";
  }

  /**
   * The parameters.
   *
   * @param recurrent U {@code [H, G H]}
   * @param context C {@code [M, G H]}
   * @param query W_a {@code [H, A]}
   * @param energy v {@code [A]}
   */
  public record Weights(
      SDVariable recurrent, SDVariable context, SDVariable query, SDVariable energy) {}

  /**
   * The source.
   *
   * @param keys k {@code [B, S, A]}
   * @param memory m {@code [B, S, M]}
   * @param mask {@code [B, S]}
   */
  public record Source(SDVariable keys, SDVariable memory, SDVariable mask) {}

  /**
   * The outputs.
   *
   * @param joined state and context {@code [B, T, H + M]}
   * @param weights a {@code [B, 1, T, S]}
   */
  public record Result(SDVariable joined, SDVariable weights) {}

  /** Decodes all positions of x W + b {@code [B, T, G H]} from an initial state. */
  public static Result of(
      RecurrentCell cell,
      SDVariable input,
      Weights weights,
      Source source,
      RecurrentState initial) {
    SDVariable[] args =
        RecurrenceOp.append(
            initial.args(),
            input,
            weights.recurrent,
            weights.context,
            weights.query,
            weights.energy,
            source.keys,
            source.memory,
            source.mask);
    SDVariable[] outputs =
        new AttentiveRecurrenceOp(input.getSameDiff(), cell, args).outputVariables();
    return new Result(outputs[0], outputs[1]);
  }

  public RecurrentCell cell() {
    return cell;
  }

  /** Besides result and weights: the tape, the queries s W_a, and the cell's input of a step. */
  @Override
  public long[][] outputShapes(long[][] in) {
    long rows = in[0][0];
    long length = in[0][1];
    long width = in[1][0];
    return new long[][] {
      {rows, length, width + in[6][2]},
      {rows, 1, length, in[5][1]},
      {rows, length, cell.tapeBlocks() * width},
      {rows, length, in[3][1]},
      {rows, 1, in[0][2]}
    };
  }

  @Override
  public void reference(INDArray[] inputs, INDArray[] out) {
    INDArray[] in = copies(inputs);
    INDArray h = at(in[8], 0);
    RecurrentCell.State state = new RecurrentCell.State(h, in.length > 9 ? at(in[9], 0) : h.mul(0));
    for (int t = 0; t < in[0].size(1); t++) {
      INDArray query = state.h().mmul(in[3]);
      INDArray context = attend(in, query, t, out[1]);
      INDArray input = at(in[0], t).add(context.mmul(in[2]));
      RecurrentCell.Stepped stepped = cell.step(input, state.h().mmul(in[1]), state);
      state = stepped.state();
      put(out[0], t, Nd4j.hstack(state.h(), context));
      put(out[2], t, stepped.tape());
      put(out[3], t, query);
    }
  }

  private static INDArray attend(INDArray[] in, INDArray query, int t, INDArray weights) {
    INDArray context = Nd4j.zeros(query.dataType(), in[6].size(0), in[6].size(2));
    for (int b = 0; b < query.size(0); b++) {
      double[] energies = AdditiveScoresOp.energies(in[5], query, b, b, in[4]);
      double[] mask = in[7].getRow(b).toDoubleVector();
      double max = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < mask.length; s++) {
        max = mask[s] == 0 ? max : Math.max(max, energies[s]);
      }
      double sum = 0;
      for (int s = 0; s < mask.length; s++) {
        energies[s] = mask[s] == 0 ? 0 : Math.exp(energies[s] - max);
        sum += energies[s];
      }
      for (int s = 0; s < mask.length; s++) {
        double weight = sum == 0 ? 0 : energies[s] / sum;
        weights.putScalar(new int[] {b, 0, t, s}, weight);
        context.getRow(b).addi(vector(in[6], b, s).mul(weight));
      }
    }
    return context;
  }

  /** Copies, for ND4J treats some slices of views as empty ({@link AttentionScoresOp#split}). */
  private static INDArray[] copies(INDArray[] arrays) {
    return Arrays.stream(arrays).map(array -> array.dup('c')).toArray(INDArray[]::new);
  }

  /** x[b, s, :], a copy. */
  static INDArray vector(INDArray x, int b, int s) {
    return x.slice(b).getRow(s).dup('c');
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    SDVariable[] outputs = outputVariables();
    SDVariable[] initial = Arrays.copyOfRange(args, 8, args.length);
    SDVariable[] given =
        RecurrenceOp.append(
            initial,
            args[1],
            args[2],
            args[3],
            args[4],
            args[5],
            args[6],
            outputs[0],
            outputs[1],
            outputs[2],
            outputs[3],
            gradients.get(0));
    SDVariable[] found = new Gradient(sameDiff, cell, given).outputVariables();
    List<SDVariable> result = new ArrayList<>(List.of(found).subList(0, 7));
    result.addAll(List.of(args[7], found[7], found[8]));
    return result.subList(0, args.length);
  }

  /**
   * Backpropagation through time.
   *
   * <p>Inputs: U, C, W_a, v, k, m, result, weights, tape, queries, the gradient of the result, and
   * the initial h (and c). Outputs: the gradients of x W + b, U, C, W_a, v, k, m, and the initial h
   * and c; then, for GEMMs over all positions at once, the gradients of c and of the queries, the
   * previous states, and the gradient of s U.
   */
  public static final class Gradient extends GradientOp {
    private final RecurrentCell cell;

    Gradient(SameDiff graph, RecurrentCell cell, SDVariable... args) {
      super(graph, 13, args);
      this.cell = cell;
    }

    @Override
    public String opName() {
      return "yuqiao_attentive_recurrence_bp";
    }

    public RecurrentCell cell() {
      return cell;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      long rows = in[6][0];
      long length = in[6][1];
      long width = in[0][0];
      long[] input = {rows, length, in[0][1]};
      long[] initial = {rows, 1, width};
      return new long[][] {
        input,
        in[0],
        in[1],
        in[2],
        in[3],
        in[4],
        in[5],
        initial,
        initial,
        {rows, length, in[5][2]},
        in[9],
        {rows, length, width},
        input
      };
    }

    @Override
    public void reference(INDArray[] inputs, INDArray[] out) {
      INDArray[] in = copies(inputs);
      long width = in[0].size(0);
      INDArray zeros = at(in[11], 0).mul(0);
      RecurrentCell.State gradient = new RecurrentCell.State(zeros, zeros);
      for (int t = (int) in[6].size(1) - 1; t >= 0; t--) {
        RecurrentCell.State before = before(in, t, zeros);
        INDArray dResult = at(in[10], t);
        RecurrentCell.State whole =
            new RecurrentCell.State(gradient.h().add(columns(dResult, 0, width)), gradient.c());
        RecurrentCell.Gradients found = cell.stepBackward(at(in[8], t), before, whole);
        INDArray context = columns(at(in[6], t), width, in[6].size(2));
        INDArray dContext =
            columns(dResult, width, dResult.size(1)).add(found.input().mmul(in[1].transpose()));
        INDArray dQuery = attendBackward(in, out, t, dContext);
        put(out[0], t, found.input());
        out[1].addi(before.h().transpose().mmul(found.recurrent()));
        out[2].addi(context.transpose().mmul(found.input()));
        out[3].addi(before.h().transpose().mmul(dQuery));
        INDArray through =
            found.recurrent().mmul(in[0].transpose()).add(dQuery.mmul(in[2].transpose()));
        gradient = new RecurrentCell.State(found.before().h().add(through), found.before().c());
      }
      put(out[7], 0, gradient.h());
      put(out[8], 0, gradient.c());
    }

    private RecurrentCell.State before(INDArray[] in, int t, INDArray zeros) {
      if (t == 0) {
        return new RecurrentCell.State(at(in[11], 0), in.length > 12 ? at(in[12], 0) : zeros);
      }
      INDArray c = cell.hasMemory() ? RecurrentCell.block(at(in[8], t - 1), 4, 5) : zeros;
      return new RecurrentCell.State(columns(at(in[6], t - 1), 0, in[0].size(0)), c);
    }

    private static INDArray columns(INDArray x, long from, long to) {
      return x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup('c');
    }

    /** Adds to the gradients of v, k and m; returns that of the queries {@code [B, A]}. */
    private static INDArray attendBackward(
        INDArray[] in, INDArray[] out, int t, INDArray dContext) {
      INDArray queries = at(in[9], t);
      INDArray dQueries = queries.mul(0);
      for (int b = 0; b < queries.size(0); b++) {
        INDArray dWeights = in[5].slice(b).dup('c').mmul(dContext.getRow(b).reshape(-1, 1));
        INDArray weights = in[7].slice(b).slice(0).getRow(t).dup('c').reshape(-1, 1);
        double sum = weights.mul(dWeights).sumNumber().doubleValue();
        INDArray dEnergies = dWeights.sub(sum).muli(weights);
        for (int s = 0; s < weights.length(); s++) {
          double de = dEnergies.getDouble(s);
          INDArray tanh = Transforms.tanh(vector(in[4], b, s).add(queries.getRow(b)));
          out[4].addi(tanh.mul(de));
          INDArray inside = in[3].mul(tanh.mul(tanh).rsub(1)).mul(de);
          dQueries.getRow(b).addi(inside);
          out[5].slice(b).getRow(s).addi(inside);
          out[6].slice(b).getRow(s).addi(dContext.getRow(b).mul(weights.getDouble(s)));
        }
      }
      return dQueries;
    }
  }
}
