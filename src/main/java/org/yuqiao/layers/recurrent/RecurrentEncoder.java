package org.yuqiao.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.layers.base.Scope;

/**
 * A bidirectional recurrent encoder (Bahdanau et al. 2015, section 3.2): every layer has a forward
 * and a backward direction of H/2 columns each, whose states are joined.
 */
public final class RecurrentEncoder {
  private record Both(RecurrentLayer left, RecurrentLayer right) {}

  private final Scope scope;
  private final List<Both> layers = new ArrayList<>();

  /** Declares {@code count} layers under {@code name} for tokens of {@code width} columns. */
  public RecurrentEncoder(
      Scope scope, String name, RecurrentSettings settings, int width, int count) {
    this.scope = scope;
    int half = settings.hiddenSize() / 2;
    for (int i = 0; i < count; i++) {
      int inputs = i == 0 ? width : 2 * half;
      String layer = name + "." + i;
      layers.add(
          new Both(
              new RecurrentLayer(scope, layer + ".left", settings.cell(), inputs, half),
              new RecurrentLayer(scope, layer + ".right", settings.cell(), inputs, half)));
    }
  }

  /**
   * {@code [B, S, D]} to {@code [B, S, H]}; mask {@code [B, S]}. Dropout between layers (Zaremba et
   * al. 2014).
   */
  public SDVariable of(SDVariable x, SDVariable mask) {
    SDVariable y = x;
    for (int i = 0; i < layers.size(); i++) {
      SDVariable seen = i == 0 ? y : scope.dropout(y);
      Both layer = layers.get(i);
      y = JoinOp.of(layer.left.of(seen, mask, false), layer.right.of(seen, mask, true));
    }
    return y;
  }
}
