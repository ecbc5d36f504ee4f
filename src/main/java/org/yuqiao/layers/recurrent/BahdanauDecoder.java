package org.yuqiao.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.op.RegroupOp;
import org.yuqiao.backend.op.recurrent.AdditiveScoresOp;
import org.yuqiao.backend.op.recurrent.AttentiveRecurrenceOp;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * Additive attention before each step, from the previous state; the context enters the cell
 * (Bahdanau et al. 2015, section 3.1 and appendix A). The output is tanh(s W_s + c W_c + y W_y + b)
 * of new state, context and previous token; the paper uses maxout instead of tanh, and the previous
 * state. Layers above the first, which the paper has not, read state and context of the first.
 */
final class BahdanauDecoder extends RecurrentDecoder {
  private final RecurrentLayer first;
  private final List<RecurrentLayer> upper = new ArrayList<>();
  private final AttentiveRecurrenceOp.Weights weights;
  private final SDVariable key;
  private final Linear joined;
  private final SDVariable token;
  private final List<SDVariable> top = new ArrayList<>();

  BahdanauDecoder(Scope scope, String name, Sizes sizes) {
    super(scope, name, sizes);
    int hidden = sizes.hidden();
    int width = sizes.width();
    int columns = sizes.settings().cell().blocks() * hidden;
    this.first = layer(0, width);
    this.weights =
        new AttentiveRecurrenceOp.Weights(
            first.recurrent(),
            matrix("0.context.weight", hidden, columns),
            matrix("cross.query.weight", hidden, hidden),
            scope.parameter(
                name + ".cross.energy", new Initializer.Normal(1 / Math.sqrt(hidden)), hidden));
    this.key = matrix("cross.key.weight", hidden, hidden);
    for (int i = 1; i < sizes.layers(); i++) {
      upper.add(layer(i, i == 1 ? 2 * hidden : hidden));
    }
    this.joined = new Linear(scope, name + ".readout.joined", 2 * hidden, width);
    this.token = matrix("readout.token.weight", width, width);
    if (!upper.isEmpty()) {
      top.add(matrix("readout.top.weight", hidden, width));
    }
  }

  @Override
  public Source source(SDVariable memory) {
    return new Source(LinearOp.of(memory, key), memory);
  }

  @Override
  public Decoded of(SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    List<RecurrentState> initial = initialStates(memory);
    Source source = source(memory);
    AttentiveRecurrenceOp.Source attended =
        new AttentiveRecurrenceOp.Source(source.keys(), memory, memoryMask);
    AttentiveRecurrenceOp.Result result =
        AttentiveRecurrenceOp.of(first.cell(), first.project(x), weights, attended, initial.get(0));
    SDVariable y = result.joined();
    for (int i = 0; i < upper.size(); i++) {
      y = upper.get(i).of(scope().dropout(y), mask, initial.get(i + 1));
    }
    return new Decoded(readout(x, result.joined(), y), result.weights());
  }

  private SDVariable readout(SDVariable x, SDVariable bottom, SDVariable highest) {
    SDVariable sum = joined.of(bottom).add(LinearOp.of(x, token));
    for (SDVariable matrix : top) {
      sum = sum.add(LinearOp.of(highest, matrix));
    }
    return scope().dropout(tanh(sum));
  }

  @Override
  public Stepped step(
      SDVariable x, List<RecurrentState> before, Source source, SDVariable memoryMask) {
    SDVariable query = LinearOp.of(before.get(0).h(), weights.query());
    SDVariable queries = RegroupOp.of(query, source.memory());
    SDVariable scores = AdditiveScoresOp.of(queries, source.keys(), weights.energy());
    SDVariable attention = MaskedSoftmaxOp.of(scores, memoryMask, false);
    SDVariable context = RegroupOp.of(AttentionContextOp.of(attention, source.memory()), x);
    SDVariable input = first.project(x).add(LinearOp.of(context, weights.context()));
    List<RecurrentState> after =
        new ArrayList<>(List.of(first.stepProjected(input, before.get(0))));
    SDVariable bottom = JoinOp.of(after.get(0).h(), context);
    SDVariable y = bottom;
    for (int i = 0; i < upper.size(); i++) {
      after.add(upper.get(i).step(y, before.get(i + 1)));
      y = after.get(i + 1).h();
    }
    return new Stepped(new Decoded(readout(x, bottom, y), attention), after);
  }
}
