package org.yuqiao.train;

import org.yuqiao.model.Model;

/**
 * A model and its loss.
 *
 * @param model the model that is trained
 * @param collator turns examples into the inputs of the loss
 * @param labelSmoothing probability spread over the vocabulary in the loss
 */
public record TrainingObjective(Model model, Collator collator, double labelSmoothing) {}
