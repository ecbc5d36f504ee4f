package org.yuqiao.train;

import org.yuqiao.model.LossSettings;
import org.yuqiao.model.Model;

/**
 * A model and its loss.
 *
 * @param model the model that is trained
 * @param collator turns examples into the inputs of the loss
 * @param loss what is added to its cross-entropy
 */
public record TrainingObjective(Model model, Collator collator, LossSettings loss) {
  /** A loss with label smoothing alone. */
  public TrainingObjective(Model model, Collator collator, double labelSmoothing) {
    this(model, collator, LossSettings.smoothed(labelSmoothing));
  }
}
