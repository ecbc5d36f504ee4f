/**
 * Training: the loop, steps on several threads, collators, learning-rate schedules, checkpoints,
 * early stopping.
 *
 * <p>Start with {@link org.yuqiao.train.Trainer} and {@link org.yuqiao.train.TrainingStep}. Files
 * and settings of a run are above, in {@code store} and {@code settings}.
 */
package org.yuqiao.train;
