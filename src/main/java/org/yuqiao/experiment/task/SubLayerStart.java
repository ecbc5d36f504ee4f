package org.yuqiao.experiment.task;

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

  /** Scales random values in {@code parameters}. */
  public void fill(ParameterBuffer parameters) {
    if (residualScale != 1) {
      for (String name : parameters.names()) {
        if (name.endsWith(".output.weight") || name.endsWith(".feedForward.out.weight")) {
          parameters.view(name).muli(residualScale);
        }
      }
    }
  }
}
