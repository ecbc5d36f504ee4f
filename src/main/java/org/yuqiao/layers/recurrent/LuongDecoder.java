package org.yuqiao.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.op.RegroupOp;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * Global attention after the recurrence (Luong et al. 2015, section 3.1): the top layer's state s
 * is the query, and the output is tanh(c W_c + s W_s + b), their eq. 5. Without input feeding
 * (their section 3.3), all positions of a layer are one op, and attention is a few GEMMs.
 */
final class LuongDecoder extends RecurrentDecoder {
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final boolean general;
  private final int hidden;
  private final Linear context;
  private final SDVariable state;

  LuongDecoder(Scope scope, String name, Sizes sizes) {
    super(scope, name, sizes);
    this.hidden = sizes.hidden();
    this.general = sizes.settings().attention() == RecurrentAttention.GENERAL;
    for (int i = 0; i < sizes.layers(); i++) {
      layers.add(layer(i, i == 0 ? sizes.width() : hidden));
    }
    this.context = new Linear(scope, name + ".readout.context", hidden, sizes.width());
    this.state = matrix("readout.state.weight", hidden, sizes.width());
  }

  @Override
  public Source source(SDVariable memory) {
    SDVariable keys =
        general ? LinearOp.of(memory, matrix("cross.key.weight", hidden, hidden)) : memory;
    return new Source(keys, memory);
  }

  @Override
  public Decoded of(SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    List<RecurrentState> initial = initialStates(memory);
    SDVariable y = x;
    for (int i = 0; i < layers.size(); i++) {
      SDVariable seen = i == 0 ? y : scope().dropout(y);
      y = layers.get(i).of(seen, mask, initial.get(i));
    }
    Source source = source(memory);
    SDVariable weights = weights(y, source, memoryMask);
    SDVariable attended = AttentionContextOp.of(weights, memory);
    return new Decoded(readout(context, attended, state, y), weights);
  }

  /** One head, and no scale. */
  private static SDVariable weights(SDVariable states, Source source, SDVariable mask) {
    SDVariable scores = AttentionScoresOp.of(states, source.keys(), 1, 1);
    return MaskedSoftmaxOp.of(scores, mask, false);
  }

  @Override
  public Stepped step(
      SDVariable x, List<RecurrentState> before, Source source, SDVariable memoryMask) {
    List<RecurrentState> after = new ArrayList<>();
    SDVariable y = x;
    for (int i = 0; i < layers.size(); i++) {
      after.add(layers.get(i).step(y, before.get(i)));
      y = after.get(i).h();
    }
    SDVariable queries = RegroupOp.of(y, source.memory());
    SDVariable weights = weights(queries, source, memoryMask);
    SDVariable attended = RegroupOp.of(AttentionContextOp.of(weights, source.memory()), x);
    return new Stepped(new Decoded(readout(context, attended, state, y), weights), after);
  }
}
