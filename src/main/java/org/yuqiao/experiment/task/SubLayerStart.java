package org.yuqiao.experiment.task;

import java.util.List;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * The initial size of what the sub-layers of a Transformer add to the residual stream. The last
 * matrix of each, W_O of attention and W_2 of the feed-forward network, is made smaller (Radford et
 * al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.3), so that at first
 * the embeddings reach the top little changed.
 *
 * @param residualScale the factor
 */
public record SubLayerStart(double residualScale) {
  /** The last projection of each kind of sub-layer, by its name in a layer. */
  static final List<String> LAST = List.of("self.output", "cross.output", "feedForward.out");

  /** Scales random values in {@code parameters}. */
  public void fill(ParameterBuffer parameters) {
    if (residualScale != 1) {
      for (String name : parameters.names()) {
        if (LAST.stream().anyMatch(last -> name.endsWith("." + last + ".weight"))) {
          parameters.view(name).muli(residualScale);
        }
      }
    }
  }
}
